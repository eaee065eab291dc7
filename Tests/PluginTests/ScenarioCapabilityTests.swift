import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite(
  "Scenarios in C with kinds, constraints, objectives and random draws",
  .enabled(if: CCompiler.isPresent))
struct ScenarioCapabilityTests {
  private func assembly(
    _ optimizer: String, on dataset: String, evaluations: Int, fault: Int = 0, threads: Int = 1,
    seed: UInt64 = 1
  ) throws -> RunAssembly {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("scenarios", in: folder, definitions: ["FAULT=\(fault)"])
    let bench = try Bench([folder.path, BuiltProducts.folder])
    var specification = RunSpecification(
      optimizer: optimizer, model: "direct", dataset: "fixture-" + dataset)
    specification.seed = seed
    specification.budget = Budget()
    specification.budget.maxEvaluations = evaluations
    return try bench.assembly(specification, threads: threads)
  }

  private func record(_ assembly: RunAssembly) throws -> RunRecord {
    try RunRecord(try TrainingRun(assembly, folder: nil).run(), of: assembly, artifacts: [])
  }

  @Test(
    "The feasible optimum is found, though lower losses are not far",
    arguments: [
      "ga", "sa", "cma-es", "tunneling", "de", "pso", "nelder-mead", "openai-es",
    ])
  func feasible(optimizer: String) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let record = try record(
        assembly(optimizer, on: "hedge", evaluations: 10_000, seed: seed))
      #expect(record.isFeasible == true)
      let loss = try #require(record.metrics["train"]?["loss"])
      #expect(loss >= 1 && loss < 1.02, "\(optimizer), seed \(seed): \(loss)")
    }
  }

  @Test("A scenario's gradient is that of its loss, and optimizers follow it")
  func slopes() throws {
    let assembly = try assembly("adam", on: "slope", evaluations: 3_000)
    let dataset = assembly.data.dataset
    let point = [0.5, -2, 3]
    func loss(_ point: [Double]) throws -> Double {
      var losses = [0.0]
      try point.withUnsafeBufferPointer { outputs in
        try losses.withUnsafeMutableBufferPointer {
          try dataset.score(.train, rows: [1], outputs: outputs, pointCount: 1, losses: $0)
        }
      }
      return losses[0]
    }
    var gradient = [0.0, 0, 0]
    let value = try point.withUnsafeBufferPointer { outputs in
      try gradient.withUnsafeMutableBufferPointer {
        try dataset.gradient(.train, row: 1, outputs: outputs, gradient: $0)
      }
    }
    #expect(try value == loss(point))
    for index in point.indices {
      var (above, below) = (point, point)
      above[index] += 1e-4
      below[index] -= 1e-4
      #expect(abs(try (loss(above) - loss(below)) / 2e-4 - gradient[index]) < 1e-8)
    }
    let record = try record(assembly)
    #expect((record.metrics["train"]?["loss"] ?? 1) < 1e-4)
    #expect(record.cost.forwardEquivalents == 6_000)
  }

  @Test("A table of slopes without its function is refused")
  func slopesWithoutFunction() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("scenarios", in: folder, definitions: ["FAULT=9"])
    let reasons = try Bench([folder.path]).withCatalogue { $0.broken.map(\.reason) }
    #expect(reasons.count == 1 && reasons[0].contains("qhost.draft.slopes/1"))
  }

  @Test(
    "Outputs of all kinds are searched as such",
    arguments: ["ga", "sa", "cma-es", "de", "tunneling"])
  func kinds(optimizer: String) throws {
    let assembly = try assembly(optimizer, on: "fence", evaluations: 5_000)
    #expect(assembly.problem.kinds == [.integer, .integer, .categorical, .real])
    let outcome = try TrainingRun(assembly, folder: nil).run()
    let record = try RunRecord(outcome, of: assembly, artifacts: [])
    #expect(abs((record.metrics["train"]?["loss"] ?? 0) - 2.5) < 0.01)
    #expect(record.isFeasible == true)
    #expect(outcome.parameters[..<3] == [6, 1, 1])
  }

  @Test(
    "Methods that move along one line or down one slope find a feasible point of all kinds",
    arguments: ["pso", "nelder-mead", "openai-es", "cobyla", "alternating", "random"])
  func feasibleKinds(optimizer: String) throws {
    let assembly = try assembly(optimizer, on: "fence", evaluations: 5_000)
    let outcome = try TrainingRun(assembly, folder: nil).run()
    let record = try RunRecord(outcome, of: assembly, artifacts: [])
    #expect(record.isFeasible == true)
    #expect(outcome.parameters[..<3].allSatisfy { $0 == $0.rounded() })
    // The lowest feasible loss is 2.5.
    #expect(try #require(record.metrics["train"]?["loss"]) < 8)
  }

  @Test("What a network puts out is rounded to what is allowed before it is scored")
  func rounding() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("scenarios", in: folder)
    let bench = try Bench([folder.path, BuiltProducts.folder])
    var specification = RunSpecification(
      optimizer: "random", model: "mlp", dataset: "fixture-fence")
    specification.budget = Budget()
    specification.budget.maxEvaluations = 400
    let record = try record(bench.assembly(specification))
    #expect(record.metrics["train"]?["violation"] != nil)
    let loss = try #require(record.metrics["train"]?["loss"])
    #expect(loss.isFinite)
  }

  @Test("Objectives have a front and a volume")
  func objectives() throws {
    let record = try record(assembly("ga", on: "goals", evaluations: 3_000))
    let front = try #require(record.front)
    #expect(front.hypervolume > 0.82 && front.hypervolume <= 40.0 / 48)
    #expect(front.objectives.map(\.unit) == ["m", nil])
  }

  @Test("Random draws are the same on one thread and on two")
  func draws() throws {
    func outcome(_ threads: Int) throws -> [Double] {
      let assembly = try assembly("sa", on: "wind", evaluations: 400, threads: threads)
      return try TrainingRun(assembly, folder: nil).run().parameters
    }
    #expect(try outcome(1) == outcome(2))
    let record = try record(assembly("sa", on: "wind", evaluations: 400))
    #expect(record.errors?["train"]?["loss"] ?? 0 > 0)
  }

  @Test(
    "What does not fit together is refused by name",
    arguments: [
      (1, "fence", "unknown kind 7"), (3, "goals", "names an objective 'distance'"),
      (6, "goals", "none that the host has: hypervolume, loss, violation"),
      (4, "goals", "two different finite numbers"),
    ])
  func refusals(fault: Int, dataset: String, words: String) throws {
    let error = #expect(throws: RunError.self) {
      try assembly("ga", on: dataset, evaluations: 10, fault: fault)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("'fixture-\(dataset)'") == true)
  }

  @Test(
    "Scores that are not numbers, or violations below 0, end the run with their author's name",
    arguments: [(2, "fence", "the violation -1.0"), (5, "goals", "an objective of NaN")])
  func faults(fault: Int, dataset: String, words: String) throws {
    let assembly = try assembly("ga", on: dataset, evaluations: 100, fault: fault)
    let error = #expect(throws: RunError.self) { try TrainingRun(assembly, folder: nil).run() }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
