import QHostComparing
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("A worker of a comparison")
struct CellWorkerTests {
  private func worker() throws -> CellWorker {
    CellWorker(catalogue: try InProcessPlugin.catalogue(), common: InProcessPlugin.common())
  }

  private func grid(
    _ optimizers: String = "walker", datasets: String = "plane", seeds: String = "2",
    _ change: (inout ComparisonPlan) -> Void = { $0.budget.maxEvaluations = 64 }
  ) throws -> Grid {
    var plan = ComparisonPlan()
    try plan.add(optimizers, to: \.optimizers)
    try plan.add("linear", to: \.models)
    try plan.add(datasets, to: \.datasets)
    try plan.setSeeds(seeds)
    change(&plan)
    return try Grid(plan, catalogue: try InProcessPlugin.catalogue())
  }

  private func result(_ worker: CellWorker, _ cell: Cell) throws -> CellResult {
    try #require(JournalContents.result(of: try worker.line(of: cell)))
  }

  @Test("gives a cell the same result whatever it has done before")
  func order() throws {
    let grid = try grid("walker,sweeper,looper", datasets: "plane,noisy", seeds: "3")
    let worker = try worker()
    let numbers = Array(1...grid.cellCount)
    var inOrder: [Int: CellResult] = [:]
    for number in numbers { inOrder[number] = try result(worker, grid.cell(number)).withoutTimings }
    for number in numbers.reversed() {
      let alone = try result(try self.worker(), grid.cell(number)).withoutTimings
      #expect(try result(worker, grid.cell(number)).withoutTimings == alone)
      #expect(inOrder[number] == alone)
    }
  }

  @Test(
    "reads a dataset that draws random numbers again for each seed, also one that draws them late",
    arguments: ["noisy", "noisy[late=true]"])
  func randomDatasets(dataset: String) throws {
    let grid = try grid("walker", datasets: dataset, seeds: "3") {
      $0.budget.maxEvaluations = 200
      $0.batchRows = 10
    }
    let worker = try worker()
    var losses: Set<[String: [String: Double]]> = []
    for number in 1...3 {
      let reused = try result(worker, grid.cell(number)).withoutTimings
      let alone = try result(try self.worker(), grid.cell(number)).withoutTimings
      #expect(reused == alone)
      losses.insert(reused.run.metrics)
    }
    #expect(losses.count == 3)
  }

  @Test("counts a budget of passes in passes of the whole split, for every optimizer alike")
  func passes() throws {
    let grid = try grid("walker,sweeper") {
      $0.budget.maxForwardEquivalents = 50
      $0.batchRows = 10
    }
    for number in [1, 2] {
      let result = try result(try worker(), grid.cell(number))
      // On so few rows opening cuts and the first one cost two passes, more than what may come on top.
      #expect(result.trainingPasses >= 48 && result.trainingPasses <= 51)
      #expect(result.run.cost.forwardEquivalents == result.trainingPasses)
      #expect(result.improvements.forwardEquivalents.allSatisfy { $0 <= result.trainingPasses })
    }
  }

  @Test("writes a record with every axis, and improvements that only fall")
  func record() throws {
    let grid = try grid("walker[points=3]")
    let result = try result(try worker(), grid.cell(2))
    #expect(result.cell == 2)
    #expect(result.seed == 2)
    #expect(result.labels == grid.cell(2).labels)
    #expect(result.labels.optimizer == "walker[points=3]")
    #expect(result.run.cost.evaluations == 64)
    let losses = result.improvements.bestLoss
    #expect(losses.count > 1)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    #expect(result.improvements.evaluations == result.improvements.evaluations.sorted())
  }

  @Test("refuses what cannot work with the sentence of a run")
  func refusals() throws {
    let grid = try grid { $0.loss = "mea" }
    let error = #expect(throws: RunError.self) { _ = try worker().line(of: grid.cell(1)) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("did you mean 'mae'?") == true)
  }
}
