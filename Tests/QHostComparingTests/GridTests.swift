import QHostComparing
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("The grid of a comparison")
struct GridTests {
  private func plan(
    _ optimizers: String, models: String = "linear", datasets: String = "plane",
    _ change: (inout ComparisonPlan) throws -> Void = { _ in }
  ) throws -> ComparisonPlan {
    var plan = ComparisonPlan()
    try plan.add(optimizers, to: \.optimizers)
    try plan.add(models, to: \.models)
    try plan.add(datasets, to: \.datasets)
    try change(&plan)
    return plan
  }

  private func grid(_ plan: ComparisonPlan) throws -> Grid {
    try Grid(plan, catalogue: try InProcessPlugin.catalogue())
  }

  @Test("Every combination is done with every seed, seed by seed")
  func cells() throws {
    let grid = try grid(
      try plan("walker,sweeper", models: "linear[cuts=true,false]", datasets: "plane,noisy") {
        try $0.setSeeds("4,9")
      })
    #expect(grid.combinations.count == 8)
    #expect(grid.cellCount == 16)
    let cells = (1...16).map { grid.cell($0) }
    #expect(cells.map(\.number) == Array(1...16))
    #expect(
      cells.map(\.specification.seed) == Array(repeating: 4, count: 8)
        + Array(repeating: 9, count: 8))
    #expect(Set(cells.prefix(8).map(\.labels)).count == 8)
    #expect(cells[8].labels == cells[0].labels)
    #expect(cells[0].labels.text == "walker, linear[cuts=true] on plane")
    #expect(cells[0].specification.settings["model.cuts"] == "true")
  }

  @Test("Each problem of a plan has its model, loss, scaling, batch size and budget")
  func problems() throws {
    var plan = try plan("walker,sweeper", models: "linear", datasets: "plane")
    plan.models = []
    plan.datasets = []
    var budget = Budget()
    budget.maxEvaluations = 9
    plan.listedProblems = [
      PlannedProblem(
        dataset: ComponentChoice("noisy"), model: ComponentChoice("linear"), loss: "mse",
        scaling: "none", prior: 2, batchRows: 5, budget: budget),
      PlannedProblem(
        dataset: ComponentChoice("plane"),
        model: ComponentChoice("linear", settings: ["cuts": "false"])),
    ]
    let grid = try grid(plan)
    #expect(
      grid.combinations.map(\.labels.text) == [
        "walker, linear on noisy", "sweeper, linear on noisy",
        "walker, linear[cuts=false] on plane", "sweeper, linear[cuts=false] on plane",
      ])
    #expect(grid.combinations.map(\.problem) == [0, 0, 1, 1])
    let specifications = (1...4).map { grid.cell($0).specification }
    #expect(specifications.map(\.batchRows) == [5, 5, nil, nil])
    #expect(specifications.map(\.loss) == ["mse", "mse", nil, nil])
    #expect(specifications.map(\.scaling) == ["none", "none", nil, nil])
    #expect(specifications.map(\.prior) == [2, 2, nil, nil])
    #expect(specifications.map(\.budget.maxEvaluations) == [9, 9, nil, nil])
    #expect(specifications[2].settings["model.cuts"] == "false")
  }

  @Test("Shards share the cells out, each combination to every one", arguments: [1, 2, 3, 4, 7])
  func shards(count: Int) throws {
    let grid = try grid(
      try plan("walker,sweeper", models: "linear[cuts=true,false]") { try $0.setSeeds("14") })
    var all: [Int] = []
    for index in 1...count {
      let cells = grid.cells(in: Shard(index: index, count: count))
      #expect(abs(cells.count - grid.cellCount / count) <= count)
      if count <= 7 { #expect(Set(cells.map { grid.combinationIndex(of: $0) }).count == 4) }
      all += cells
    }
    #expect(all.sorted() == Array(1...56))
  }

  @Test("A common setting goes to the components that have it")
  func commonSettings() throws {
    let grid = try grid(
      try plan("walker,sweeper") { $0.settings = ["optimizer.points": "3", "dataset.rows": "20"] })
    #expect(grid.cell(1).specification.settings["optimizer.points"] == "3")
    #expect(grid.cell(2).specification.settings["optimizer.points"] == nil)
    #expect(grid.cell(2).specification.settings["dataset.rows"] == "20")
  }

  @Test("What no component has, or what is said twice, is refused")
  func refusals() throws {
    let mistakes: [(ComparisonPlan, String)] = [
      (try plan("walkre"), "did you mean 'walker'?"),
      (try plan("walker[point=1]"), "did you mean 'optimizer.points'?"),
      (try plan("walker[points=0]"), "optimizer.points cannot be 0"),
      (try plan("walker") { $0.settings = ["model.cut": "1"] }, "did you mean 'model.cuts'?"),
      (
        try plan("walker[points=1]") { $0.settings = ["optimizer.points": "2"] },
        "optimizer.points is set for all and for 'walker[points=1]' alone"
      ),
      (try plan("walker,walker"), "'walker' is in the plan twice"),
      (try plan("walker") { $0.models = [] }, "the plan has no model"),
      (try plan("walker") { $0.seeds = [] }, "the plan has no seeds"),
      (try plan("walker") { try $0.add("fd", to: \.solvers) }, "takes a solver"),
    ]
    for (plan, words) in mistakes {
      let error = #expect(throws: RunError.self) { _ = try grid(plan) }
      #expect(error?.kind == .usage)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
