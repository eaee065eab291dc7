import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("A Gaussian prior")
struct PriorTests {
  private let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]
  private let rows = 40
  private let width = 2.0

  private func objective(prior: Double?, cuts: Bool = true) throws -> TestObjective {
    try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2, hasCuts: cuts), PlaneDataset(rows: rows),
      prior: prior)
  }

  private func penalty(_ point: [Double]) -> Double {
    point.reduce(0) { $0 + $1 * $1 } / (2 * Double(rows) * width * width)
  }

  @Test("adds its penalty to losses at points, and its gradient to theirs")
  func points() throws {
    let plain = try objective(prior: nil)
    let held = try objective(prior: width)
    #expect(abs(try held.points([point])[0] - plain.points([point])[0] - penalty(point)) < 1e-15)
    let (one, other) = (try plain.gradient(point), try held.gradient(point))
    #expect(abs(other.losses[0] - one.losses[0] - penalty(point)) < 1e-15)
    for index in point.indices {
      let slope = point[index] / (Double(rows) * width * width)
      #expect(abs(other.gradient[index] - one.gradient[index] - slope) < 1e-15)
    }
  }

  @Test("adds the same to cuts, after moves too", arguments: [true, false])
  func cuts(areFast: Bool) throws {
    let held = try objective(prior: width, cuts: areFast)
    let offsets = [-0.5, 0, 0.75]
    _ = try held.cuts(base: point, along: [1], offsets: offsets)
    let cuts = try held.cuts(moves: [(0, 0.3), (4, -2)], along: [4, 2], offsets: offsets)
    var base = point
    base[0] += 0.3
    base[4] -= 2
    let points = [4, 2].flatMap { index in
      offsets.map { offset in
        var point = base
        point[index] += offset
        return point
      }
    }
    for (cut, loss) in zip(cuts, try held.points(points)) { #expect(abs(cut - loss) < 1e-12) }
  }

  @Test("is refused where there is nothing that it could hold, and below 0")
  func refusals() throws {
    for (model, prior, words) in [
      ("identity", 1, "--prior holds unbounded real parameters"),
      ("linear", 0, "--prior cannot be 0.0"), ("linear", -3, "--prior cannot be -3.0"),
    ] {
      var specification = RunSpecification(
        optimizer: "walker", model: model, dataset: model == "linear" ? "plane" : "bowl")
      specification.prior = Double(prior)
      let catalogue = try InProcessPlugin.catalogue()
      let error = #expect(throws: RunError.self) {
        _ = try RunAssembly(specification, catalogue: catalogue, common: InProcessPlugin.common())
      }
      #expect(error?.kind == .usage)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test("is in a run's losses, and not in what is measured afterwards")
  func run() throws {
    var budget = Budget()
    budget.maxEvaluations = 1
    var run = try TestRun("walker", budget: budget)
    run.specification.prior = width
    let training = TrainingRun(try run.assembly(), folder: nil)
    let outcome = try training.run()
    let loss = try #require(
      try RunRecord(outcome, of: try run.assembly(), artifacts: []).metrics["train"]?["loss"])
    let best = try #require(training.events.events.last?.loss)
    #expect(abs(best - loss - penalty(outcome.parameters)) < 1e-12)
  }
}
