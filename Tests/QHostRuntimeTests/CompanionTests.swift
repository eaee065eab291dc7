import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("What goes with a model")
struct CompanionTests {
  private func specification(
    _ open: OpenChoices, model: String = "from-model", _ words: [String] = []
  ) throws -> RunSpecification {
    var specification = RunSpecification(
      optimizer: "sweeper", model: model, dataset: "plane", settings: try Settings(words))
    try specification.takeCompanions(open, from: try InProcessPlugin.catalogue())
    return specification
  }

  @Test("It is taken where the user left a choice open, with shared values and a budget")
  func open() throws {
    let taken = try specification([.dataset, .optimizer], ["model.from=3"])
    #expect(taken.dataset == "noisy" && taken.optimizer == "walker")
    #expect(taken.settings["dataset.from"] == "3")
    #expect(taken.budget.maxEvaluations == 7 && taken.budget.maxForwardEquivalents == nil)
    #expect(try specification(.dataset).settings["dataset.from"] == "1")
    #expect(try specification(.dataset, ["dataset.from=5"]).settings["dataset.from"] == "5")
  }

  @Test("What the user names comes first")
  func named() throws {
    let named = try specification([])
    #expect(named.dataset == "plane" && named.optimizer == "sweeper")
    #expect(named.settings.values.isEmpty)
    let dataset = try specification(.optimizer)
    #expect(dataset.dataset == "plane" && dataset.optimizer == "walker")
    #expect(try specification(.dataset).budget.maxForwardEquivalents != nil)
  }

  @Test("A model that names nothing leaves the host's defaults")
  func silent() throws {
    #expect(try specification([.dataset, .optimizer], model: "linear").dataset == "plane")
    #expect(throws: RunError.self) { try specification(.dataset, model: "nowhere") }
  }
}
