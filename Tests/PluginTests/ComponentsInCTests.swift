import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite(
  "A model, a dataset and a target in C", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct ComponentsInCTests {
  private func plan(_ kind: ComponentKind, _ name: String) throws -> BenchComponent {
    let bench = try #require(Bench.fixtures)
    return try #require(bench.components(kind).first { $0.name == name })
  }

  @Test(
    "A linear model learns planes exactly, by gradients and by cuts",
    arguments: ["adam", "tunneling"])
  func training(_ optimizer: String) throws {
    let bench = try #require(Bench.fixtures)
    var specification = RunSpecification(
      optimizer: optimizer, model: "fixture-linear", dataset: "fixture-plane")
    specification.loss = "mse"
    specification.budget = Budget()
    specification.budget.maxForwardEquivalents = 30_000
    if optimizer == "adam" {
      specification.settings.set("optimizer.learning_rate", to: "0.05")
    }
    let assembly = try bench.assembly(specification)
    let outcome = try TrainingRun(assembly, folder: nil).run()
    let table = try #require(assembly.data.table(.test))
    let evaluation = try Evaluation(
      of: outcome.parameters, on: .test, table: table, parts: assembly.parts)
    // u = 1 + 2x - 3y and v = -0.5 + x + y have no noise.
    #expect(try #require(evaluation.metrics["rmse"]) < 0.05)
  }

  @Test("A solver works for an optimizer of another plugin, and gives what its own default gives")
  func solver() throws {
    let bench = try #require(Bench.fixtures)
    let outcomes = try ["finite-difference", "fixture-ground"].map { solver in
      var specification = RunSpecification(
        optimizer: "tunneling", model: "direct", dataset: "functions",
        settings: try Settings(["solver=\(solver)", "dataset.function=sphere"]))
      specification.budget = Budget()
      specification.budget.maxEvaluations = 20_000
      return try TrainingRun(try bench.assembly(specification), folder: nil).run()
    }
    // Both are within their tolerance of the same ground states, and so of the same minimum.
    for (a, b) in zip(outcomes[0].parameters, outcomes[1].parameters) { #expect(abs(a - b) < 0.05) }
  }

  @Test("A target compiles the model's graph and computes what the model does")
  func target() throws {
    let model = try plan(.model, "fixture-linear")
    let mapping = Mapping(task: .regression, input: Shape([2]), output: Shape([2]))
    let linear = try ForeignModel(model.component, request: try model.request(), mapping: mapping)
    let graph = try linear.graph(parameters: [1, 2, 3, 4, 5, 6])
    let chosen = try plan(.target, "fixture-gemm")
    let target = try ForeignTarget(chosen.component, request: try chosen.request())
    let compiled = try target.compile(
      graph, calibration: Calibration(rowCount: 1, inputs: [0, 0], targets: [5, 6]))
    #expect(compiled.artifacts.map(\.name) == ["weights.txt"])
    #expect(compiled.artifacts.first?.bytes == Array("1\n2\n3\n4\n5\n6\n".utf8))
    #expect(compiled.figures.map(\.name) == ["bytes", "calibration rows"])
    #expect(compiled.figures.map(\.value) == [12, 1])
    let execution = try target.execute(inputs: [1, 1, 10, -1], rowCount: 2)
    #expect(execution.outputs == [8, 13, 13, 32])
    #expect(execution.cyclesMean == 4)
    #expect(execution.millisecondsMean.isNaN)
  }

  @Test("A target refuses a graph that it cannot compile and says which it can")
  func unsupported() throws {
    let chosen = try plan(.target, "fixture-gemm")
    let target = try ForeignTarget(chosen.component, request: try chosen.request())
    let graph = Graph(
      input: "x", output: "y", inputShape: Shape([1]), outputShape: Shape([1]),
      nodes: [Graph.Node(name: "n", operation: "Tanh", inputs: ["x"], outputs: ["y"])],
      constants: [])
    let error = #expect(throws: ComponentError.self) {
      try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
    }
    #expect(error?.severity == .unsupported)
    #expect(error?.message.contains("target 'fixture-gemm'") == true)
  }
}
