import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Putting a run together")
struct RunAssemblyTests {
  private func refusal(
    _ change: (inout RunSpecification) throws -> Void
  ) throws -> RunError? {
    var specification = RunSpecification(optimizer: "walker", model: "linear", dataset: "plane")
    try change(&specification)
    let catalogue = try InProcessPlugin.catalogue()
    return #expect(throws: RunError.self) {
      _ = try RunAssembly(specification, catalogue: catalogue, common: InProcessPlugin.common())
    }
  }

  @Test("Unknown names and settings are the user's mistakes, each with a suggestion")
  func unknownNames() throws {
    let mistakes: [((inout RunSpecification) throws -> Void, String)] = [
      ({ $0.optimizer = "walkre" }, "no optimizer 'walkre'; did you mean 'walker'?"),
      ({ $0.model = "lineal" }, "no model 'lineal'; did you mean 'linear'?"),
      ({ $0.dataset = "plne" }, "no dataset 'plne'; did you mean 'plane'?"),
      ({ $0.loss = "mea" }, "no loss 'mea'; did you mean 'mae'?"),
      ({ $0.scaling = "min-max" }, "no scaling 'min-max'; did you mean 'minmax'?"),
      (
        { $0.settings = try Settings(["optimizer.point=3"]) },
        "no parameter 'optimizer.point'; did you mean 'optimizer.points'?"
      ),
      ({ $0.settings = try Settings(["optimizer.points=0"]) }, "optimizer.points cannot be 0"),
    ]
    for (change, words) in mistakes {
      let error = try refusal(change)
      #expect(error?.kind == .usage)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test("The optimizer sees the problem that model, data and loss make")
  func problem() throws {
    var specification = RunSpecification(optimizer: "walker", model: "linear", dataset: "plane")
    specification.batchRows = 16
    specification.loss = "error-rate"
    let assembly = try RunAssembly(
      specification, catalogue: try InProcessPlugin.catalogue(), common: InProcessPlugin.common())
    #expect(assembly.problem.queries == [.points, .cuts])
    #expect(assembly.problem.dimension == 6)
    #expect(
      assembly.problem.initial
        == LinearModel(inputCount: 2, outputCount: 2).initialParameters(start: 0))
    #expect((assembly.problem.rowCount, assembly.problem.batchRows) == (40, 16))
    #expect(assembly.problem.hasFastCuts)
  }

  @Test("The folder of a run tells runs apart that differ in anything, their rows included")
  func folderNames() throws {
    var budget = Budget()
    budget.maxEvaluations = 5
    var run = try TestRun("walker", budget: budget)
    var names: Set<String> = [try run.assembly().folderName]
    run.specification.seed = 2
    names.insert(try run.assembly().folderName)
    run.specification.budget.untilLoss = 0.5
    names.insert(try run.assembly().folderName)
    run.specification.settings = try Settings(["dataset.shift=3"])
    names.insert(try run.assembly().folderName)
    #expect(names.count == 4)
    #expect(names.allSatisfy { $0.hasPrefix("plane-linear-walker-seed") })
    #expect(try run.assembly().folderName == run.assembly().folderName)
  }
}
