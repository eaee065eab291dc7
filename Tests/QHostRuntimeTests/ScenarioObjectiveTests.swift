import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("The objective of a scenario whose parameters are its outputs")
struct ScenarioObjectiveTests {
  private func make(
    rows: Int = 1, cuts: Bool = true, fault: BowlScenario.Fault = .none
  ) throws -> TestObjective {
    try TestObjective(
      IdentityModel(dimension: 3),
      BowlScenario(dimension: 3, rows: rows, hasCuts: cuts, fault: fault), loss: .score)
  }

  @Test("Losses are the dataset's, in full precision", arguments: [1, 3])
  func points(rows: Int) throws {
    let points = [[0.1, 0.2, 0.3], [1e-9, 1, 2]]
    let losses = try make(rows: rows).points(points)
    for (point, loss) in zip(points, losses) {
      let sum = (0..<rows).reduce(0.0) { $0 + BowlScenario.loss(point, row: $1) }
      #expect(loss == sum * (1 / Double(rows)))
    }
  }

  @Test(
    "Cuts are the losses at points, by the dataset's cuts and by whole scores",
    arguments: [
      (true, 1), (true, 3), (false, 1), (false, 3),
    ])
  func cuts(areFast: Bool, rows: Int) throws {
    let objective = try make(rows: rows, cuts: areFast)
    #expect(objective.objective.hasFastCuts == areFast)
    let cuts = try objective.cuts(base: [1, 2, 3], along: [2, 0], offsets: [0, 0.5])
    #expect(try cuts == objective.points([[1, 2, 3], [1, 2, 3.5], [1, 2, 3], [1.5, 2, 3]]))
    let moved = try objective.cuts(moves: [(1, -1)], along: [1], offsets: [0, 0.5])
    #expect(try moved == objective.points([[1, 1, 3], [1, 1.5, 3]]))
  }

  @Test(
    "An infinite loss and an infeasible point are counted",
    arguments: [
      BowlScenario.Fault.none, .discard,
    ])
  func infeasible(fault: BowlScenario.Fault) throws {
    let objective = try make(fault: fault)
    #expect(try objective.points([[101, 0, 0]]) == [.infinity])
    #expect(objective.objective.cost.discarded == 1)
  }

  @Test("A loss of NaN is the dataset's fault")
  func notANumber() throws {
    let objective = try make(fault: .notANumber)
    let error = #expect(throws: ComponentError.self) { try objective.points([[101, 0, 0]]) }
    #expect(error?.message.contains("gave the loss NaN") == true)
  }

  @Test("A cut costs what the scenario says, or a whole score", arguments: [true, false])
  func costs(areFast: Bool) throws {
    let objective = try make(rows: 3, cuts: areFast)
    _ = try objective.cuts(base: [1, 2, 3], along: [2, 0], offsets: [0, 0.5])
    #expect(objective.objective.cost.forwardEquivalents == (areFast ? 1 + 4 * 0.5 : 4))
    _ = try objective.cuts(moves: [(1, -1)], along: [1], offsets: [0, 0.5])
    #expect(objective.objective.cost.forwardEquivalents == (areFast ? 3 + 3 * 0.5 : 6))
  }

  @Test("Cuts of a model on a scenario cost whole scores, since the whole of its outputs is scored")
  func modelOnAScenario() throws {
    let objective = try TestObjective(
      LinearModel(inputCount: 0, outputCount: 3, hasCutChanges: true),
      BowlScenario(dimension: 3, rows: 4, hasCuts: true), loss: .score)
    #expect(!objective.objective.hasFastCuts)
    _ = try objective.cuts(base: [1, 2, 3], along: [0, 1], offsets: [-1, 0, 1])
    #expect(objective.objective.cost.lossEvaluations == 6)
    #expect(objective.objective.cost.forwardEquivalents == 6)
  }

  @Test("It has no gradient")
  func noGradient() throws {
    #expect(throws: ComponentError.self) { try make().gradient([0, 0, 0]) }
  }

  @Test("A trained point is evaluated with the dataset's metrics")
  func evaluation() throws {
    let parts = try make(rows: 2).parts
    let metrics = try Evaluation(
      of: [5, 1, 2], on: .train, table: parts.table, parts: parts
    ).metrics
    #expect(metrics["first"] == 5)
    #expect(metrics["loss"] == (25 + 16 + 1 + 1) / 2.0)
  }
}
