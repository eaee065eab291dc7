import QHostBridging
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Components that depend on others")
struct DependencyChainTests {
  private func plan(_ model: String, _ words: [String] = []) throws -> ComponentPlan {
    try ComponentPlan(
      .model, named: model, at: "model", settings: try Settings(words),
      catalogue: try InProcessPlugin.catalogue())
  }

  @Test("have their own places, parameters and dependencies")
  func nesting() throws {
    let plan = try plan("wrapper", ["model.inner=mirror", "model.inner.inner=linear"])
    #expect(plan.allDependencies.map(\.place) == ["model.inner", "model.inner.inner"])
    #expect(
      plan.allDependencies.map { $0.component.descriptor.name } == ["mirror", "linear"])
    #expect(
      plan.keys == [
        "model.depth", "model.inner", "model.inner.inner", "model.inner.inner.cuts",
        "model.inner.inner.gradient",
      ])
    // A model in itself has an end where the user gives it one.
    #expect(try self.plan("mirror", ["model.inner.inner=linear"]).allDependencies.count == 2)
    #expect(try self.plan("wrapper", ["model.inner=wrapper"]).allDependencies.count == 2)
  }

  static let endless: [(String, [String], String)] = [
    (
      "mirror", [],
      "model 'mirror' needs a model at 'model.inner', which is 'mirror' again (mirror > mirror) and so "
        + "on without end; set model.inner to another model"
    ),
    (
      "wrapper", ["model.inner=mirror"],
      "model 'mirror' needs a model at 'model.inner.inner', which is 'mirror' again "
        + "(wrapper > mirror > mirror) and so on without end; set model.inner.inner to another model"
    ),
    (
      "mirror", ["model.inner=mirror"],
      "model 'mirror' needs a model at 'model.inner.inner', which is 'mirror' again "
        + "(mirror > mirror > mirror) and so on without end; set model.inner.inner to another model"
    ),
    (
      "wrapper", (1...9).map { "model" + String(repeating: ".inner", count: $0) + "=wrapper" },
      "there may be 8 components in a chain"
    ),
  ]

  @Test("without end are refused, with the chain and what to set", arguments: endless)
  func refusals(model: String, words: [String], says: String) throws {
    let error = #expect(throws: RunError.self) { _ = try plan(model, words) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("train as the component alone does")
  func training() throws {
    var budget = Budget()
    budget.maxEvaluations = 64
    var outcomes: Set<[Double]> = []
    for (model, words) in [
      ("linear", []), ("wrapper", []),
      ("wrapper", ["model.inner=mirror", "model.inner.inner=linear"]),
    ] as [(String, [String])] {
      var run = try TestRun("walker", set: words, budget: budget)
      run.specification.model = model
      outcomes.insert(try run.outcome().parameters)
    }
    #expect(outcomes.count == 1)
  }
}
