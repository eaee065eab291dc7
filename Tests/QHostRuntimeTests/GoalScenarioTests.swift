import Foundation
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A scenario with several objectives")
struct GoalScenarioTests {
  private func run(
    _ words: [String] = [], _ scalarisation: Scalarisation? = nil, evaluations: Int = 4_000,
    optimizer: String = "walker"
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    var run = try TestRun(optimizer, set: words, budget: budget)
    run.specification.model = "identity"
    run.specification.dataset = "goals"
    run.specification.scalarisation = scalarisation
    return run
  }

  private func record(_ run: TestRun) throws -> RunRecord {
    let assembly = try run.assembly()
    return try RunRecord(
      try TrainingRun(assembly, folder: nil).run(), of: assembly, artifacts: [])
  }

  @Test(
    "has a front whose volume is that of theory, whatever its directions", arguments: [true, false])
  func front(isGain: Bool) throws {
    let run = try run(["dataset.gain=\(isGain)", "dataset.rows=3"])
    let record = try record(run)
    let front = try #require(record.front)
    #expect(front.points > 100)
    #expect(front.hypervolume <= GoalScenario.hypervolume)
    #expect(front.hypervolume > 0.99 * GoalScenario.hypervolume)
    #expect(record.metrics["train"]?["hypervolume"] == front.hypervolume)
    #expect(front.objectives.map(\.name) == ["distance", isGain ? "gain" : "lag"])
  }

  @Test("is a loss for the optimizer, by weights that say where the best point lies")
  func weights() throws {
    // The least of w x² + (1 − w)(x − 2)² is at x = 2(1 − w).
    var scalarisation = Scalarisation()
    scalarisation.weights = ["distance": 1, "lag": 3]
    let record = try record(try run([], scalarisation))
    let distance = try #require(record.metrics["train"]?["distance"])
    #expect(abs(distance - 2.25) < 0.02)
    #expect(abs((record.metrics["train"]?["loss"] ?? 0) - (2.25 + 3 * 0.25) / 16) < 1e-4)
    #expect(record.scalarisation == scalarisation)
    let even = try self.record(try run())
    #expect(abs((even.metrics["train"]?["distance"] ?? 0) - 1) < 0.02)
  }

  @Test("is a loss by alpha-fairness of what is to be made large")
  func fairness() throws {
    var scalarisation = Scalarisation()
    scalarisation.weights = ["gain": 1]
    scalarisation.fairness = 2
    let record = try record(try run(["dataset.gain=true"], scalarisation))
    #expect(abs((record.metrics["train"]?["gain"] ?? 0) - 4) < 1e-3)
    // −U(4) = 4^(−1).
    #expect(abs((record.metrics["train"]?["loss"] ?? 0) - 0.25) < 1e-4)
  }

  @Test("answers its objectives to the optimizer, in their own units")
  func answers() throws {
    let objective = try run(["dataset.gain=true"]).assembly().objective
    var query = Query()
    query.points = [0, 2]
    var answer = Answer()
    try objective.answer(query, into: &answer)
    #expect(answer.objectives == [0, 0, 4, 4])
    #expect(answer.losses == [0.5, 0.5])
  }

  @Test("has the same front after an interruption, in its files too")
  func resuming() throws {
    let run = try run(evaluations: 30_000, optimizer: "sweeper")
    let unbroken = try run.outcome()
    let folder = try TemporaryFolder()
    #expect(try run.part(in: folder.path, isResumed: false, until: 3_000).reason == .cancelled)
    let resumed = try run.part(in: folder.path, isResumed: true)
    #expect(resumed.front.members == unbroken.front.members)
    #expect(resumed.front.members.count > 2)
    let training = TrainingRun(try run.assembly(), folder: folder.path)
    let files = try training.writeResult(resumed)
    let table = try #require(files.first { $0.name == "front.csv" })
    let lines = try String(contentsOfFile: table.path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == resumed.front.members.count + 1)
    #expect(lines[0] == "evaluations,distance,lag")
  }

  @Test(
    "refuses weights and fairness that do not fit",
    arguments: [
      (["lags": 1.0], nil, "has no objective 'lags'"), (["lag": -1], nil, "cannot be -1.0"),
      (["lag": 0], nil, "all weights of objectives are 0"),
      ([:], 1.0, "less of 'distance' is"), ([:], -1, "--fairness cannot be -1.0"),
    ] as [([String: Double], Double?, String)])
  func refusals(weights: [String: Double], fairness: Double?, words: String) throws {
    var scalarisation = Scalarisation()
    scalarisation.weights = weights
    scalarisation.fairness = fairness
    let run = try run([], scalarisation)
    let error = #expect(throws: RunError.self) { try run.assembly() }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("is needed for weights")
  func otherwise() throws {
    var run = try run([], Scalarisation())
    run.specification.dataset = "bowl"
    let error = #expect(throws: RunError.self) { try run.assembly() }
    #expect(error?.message.contains("scenarios with several objectives") == true)
  }

  @Test("whose objectives are not numbers is refused")
  func fault() throws {
    let run = try run(["dataset.fault=nan"])
    let error = #expect(throws: RunError.self) { try run.outcome() }
    #expect(error?.message.contains("gave an objective of NaN") == true)
  }

  @Test(
    "has weights as users write them",
    arguments: [("a", "a"), ("a=x", "a=x"), ("a=-1", "a=-1"), ("a=1,a=2", "'a' twice")])
  func words(text: String, words: String) {
    let error = #expect(throws: RunError.self) {
      try Scalarisation(weights: text, fairness: nil)
    }
    #expect(error?.message.contains(words) == true)
  }
}
