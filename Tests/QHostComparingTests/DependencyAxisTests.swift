import Foundation
import QHostComparing
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("Alternatives for what components depend on")
struct DependencyAxisTests {
  private func plan(
    _ optimizers: String = "walker", models: String = "wrapper", with dependencies: [String] = []
  ) throws -> ComparisonPlan {
    var plan = ComparisonPlan()
    try plan.add(optimizers, to: \.optimizers)
    try plan.add(models, to: \.models)
    try plan.add("plane", to: \.datasets)
    for words in dependencies { try plan.add(dependency: words) }
    plan.budget.maxEvaluations = 16
    return plan
  }

  private func grid(_ plan: ComparisonPlan) throws -> Grid {
    try Grid(plan, catalogue: try InProcessPlugin.catalogue())
  }

  @Test("go with the components that depend on something there, and others stand in the grid once")
  func product() throws {
    let grid = try grid(
      try plan(
        "walker,tandem", models: "wrapper,linear", with: ["model.inner=linear[cuts=true,false]"])
    )
    #expect(
      grid.combinations.map(\.labels.text) == [
        "walker, wrapper with linear[cuts=true] on plane",
        "walker, wrapper with linear[cuts=false] on plane",
        "tandem with idle and idle, wrapper with linear[cuts=true] on plane",
        "tandem with idle and idle, wrapper with linear[cuts=false] on plane",
        "walker, linear on plane", "tandem with idle and idle, linear on plane",
      ])
    let specification = grid.combinations[1].specification
    #expect(specification.settings["model.inner"] == "linear")
    #expect(specification.settings["model.inner.cuts"] == "false")
    #expect(grid.combinations.map(\.problem) == [0, 0, 0, 0, 1, 1])
  }

  @Test("may be of what another alternative depends on, and of several places")
  func nesting() throws {
    let grid = try grid(
      try plan(
        "tandem",
        with: [
          "model.inner=wrapper,linear", "model.inner.inner=linear[cuts=false]",
          "optimizer.rear=idle[grid=1,2]",
        ]))
    #expect(
      grid.combinations.map(\.labels.text) == [
        "tandem with idle and idle[grid=1], wrapper with wrapper with linear[cuts=false] on plane",
        "tandem with idle and idle[grid=2], wrapper with wrapper with linear[cuts=false] on plane",
        "tandem with idle and idle[grid=1], wrapper with linear on plane",
        "tandem with idle and idle[grid=2], wrapper with linear on plane",
      ])
    #expect(grid.combinations[0].labels.dependencies.count == 4)
  }

  @Test("at the place of the optimizer's solver are the plan's solvers")
  func solvers() throws {
    var one = try plan("tandem,walker")
    try one.add("idle[grid=1,2]", to: \.solvers)
    let other = try plan("tandem,walker", with: ["optimizer.front=idle[grid=1,2]"])
    #expect(try grid(one).combinations == grid(other).combinations)
    try one.add(dependency: "optimizer.front=idle")
    let error = #expect(throws: RunError.self) { _ = try grid(one) }
    #expect(error?.message.contains("solvers, and alternatives for optimizer.front too") == true)
  }

  static let mistakes: [(String, [String], String)] = [
    (
      "wrapper", ["model.iner=linear"],
      "depends on anything at 'model.iner'; did you mean 'model.inner'?"
    ),
    (
      "wrapper[inner=linear]", ["model.inner=linear"],
      "sets model.inner, and the plan has alternatives"
    ),
    ("wrapper", ["model.inner=linear,linear"], "model.inner 'linear' is in the plan twice"),
    ("wrapper", ["model.inner=lineal"], "did you mean 'linear'?"),
    ("wrapper", ["model.inner=linear[cut=true]"], "did you mean 'model.inner.cuts'?"),
    ("wrapper", ["model.inner=mirror"], "wrapper > mirror > mirror"),
    ("mirror", [], "set model.inner to another model"),
    ("wrapper", ["inner=linear"], "not of the form PLACE=NAME"),
    ("wrapper", ["target.x=linear"], "a place begins with optimizer., model. or dataset."),
    ("wrapper", ["model.inner"], "not of the form PLACE=NAME"),
  ]

  @Test("that cannot be are refused", arguments: mistakes)
  func refusals(models: String, dependencies: [String], says: String) throws {
    let error = #expect(throws: RunError.self) {
      _ = try grid(try plan(models: models, with: dependencies))
    }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("stand in a plan file by place, and are a part of the plan and its differences")
  func planFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/plan.yaml"
    func read(_ dependencies: String) throws -> ComparisonPlan {
      let text = "optimizers: walker\nmodels: wrapper\ndatasets: plane\n" + dependencies
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try PlanFile(reading: path).plan
    }
    let plan = try read("dependencies: {model.inner: [linear: {cuts: [true, false]}, wrapper]}\n")
    #expect(
      plan.dependencies["model.inner"]?.map(\.label)
        == ["linear[cuts=true]", "linear[cuts=false]", "wrapper"])
    #expect(JSONText.value(of: try plan.json().utf8) == plan)
    let without = try read("")
    #expect(try !without.json().contains("dependencies"))
    #expect(
      without.difference(from: plan, here: "here", there: "there")
        == "alternatives for model.inner are none here, linear[cuts=true],linear[cuts=false],wrapper there"
    )
    for (dependencies, says) in [
      ("dependencies: {inner: [linear]}\n", "line 4: 'inner' is not a place of a dependency"),
      ("dependencies: {model.inner: []}\n", "line 4: there are no model.inner"),
    ] {
      let error = #expect(throws: RunError.self) { _ = try read(dependencies) }
      #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
  }

  @Test("are trained, recorded and read back")
  func training() throws {
    let grid = try grid(try plan("tandem", with: ["model.inner=linear,wrapper"]))
    let worker = CellWorker(
      catalogue: try InProcessPlugin.catalogue(), common: InProcessPlugin.common())
    var losses: Set<[String: [String: Double]]> = []
    for number in 1...2 {
      let line = try worker.line(of: grid.cell(number))
      let result = try #require(JournalContents.result(of: line))
      #expect(result.labels == grid.cell(number).labels)
      #expect(result.run.model.dependencies["inner"]?.name == ["linear", "wrapper"][number - 1])
      #expect(try JSONText.of(result) == String(decoding: line, as: UTF8.self))
      losses.insert(result.run.metrics)
    }
    #expect(losses.count == 1)
  }
}
