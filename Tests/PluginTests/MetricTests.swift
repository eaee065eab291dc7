import Foundation
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("A dataset in C with a metric", .enabled(if: CCompiler.isPresent))
struct MetricTests {
  /// A metric that cannot be used, and the words that must say so.
  struct Fault: Sendable, CustomTestStringConvertible {
    var definition: String
    var words: String

    var testDescription: String { definition }

    static let ofList: [Fault] = [
      Fault(definition: "METRIC_NAME=\"accuracy\"", words: "the host has a figure of that name"),
      Fault(definition: "METRIC_NAME=\"Distance\"", words: "its name must have lower-case letters"),
      Fault(definition: "METRIC_NAME=NULL", words: "metric 0 is NULL, too small or without a name"),
      Fault(definition: "METRIC_UNIT=\"\"", words: "its unit must be one line"),
      Fault(definition: "METRIC_DIRECTION=7", words: "has the unknown direction 7"),
      Fault(definition: "METRIC_COUNT=2", words: "metric 'distance' is listed twice"),
      Fault(definition: "METRIC_COUNT=101", words: "lists 101 metrics, and 100 are the most"),
      Fault(definition: "METRIC_LIST=NULL", words: "lists 1 metrics at NULL"),
    ]
    static let ofValues: [Fault] = [
      Fault(definition: "VALUE=NAN", words: "as NaN, which compares with nothing"),
      Fault(definition: "ERROR=-1", words: "with the standard error -1.0"),
      Fault(definition: "ERROR=INFINITY", words: "with the standard error inf"),
    ]
  }

  private func assembly(
    _ definitions: [String] = [], until target: MetricTarget? = nil
  ) throws -> RunAssembly {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("plane_dataset", in: folder, definitions: definitions)
    try CCompiler.fixture("linear_model", in: folder)
    let bench = try Bench([folder.path, BuiltProducts.folder])
    var specification = RunSpecification(
      optimizer: "adam", model: "fixture-linear", dataset: "fixture-plane")
    specification.budget.maxEvaluations = 20_000
    specification.budget.untilMetric = target
    return try bench.assembly(specification)
  }

  private func evaluation(_ assembly: RunAssembly) throws -> Evaluation {
    try Evaluation(
      of: [0, 0, 0, 0, 0, 0], on: .train, table: assembly.parts.table, parts: assembly.parts)
  }

  @Test("Its value and its error are those of the rows")
  func values() throws {
    let distances = (0..<40).map { row in
      let (x, y) = (
        (Double(row) * 0.7548776662466927).truncatingRemainder(dividingBy: 1),
        (Double(row) * 0.5698402909980532).truncatingRemainder(dividingBy: 1)
      )
      return hypot(1 + 2 * x - 3 * y, -0.5 + x + y)
    }
    let mean = distances.reduce(0, +) / 40
    let squares = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let evaluation = try evaluation(assembly())
    #expect(abs(try #require(evaluation.metrics["distance"]) - mean) < 1e-9)
    let error = try #require(evaluation.errors["distance"])
    #expect(abs(error - (squares / 39 / 40).squareRoot()) < 1e-9)
  }

  @Test("An error that is left as it is, NaN, is none")
  func withoutError() throws {
    #expect(try evaluation(assembly(["ERROR=NAN"])).errors.isEmpty)
    #expect(try evaluation(assembly(["VALUE=INFINITY"])).metrics["distance"] == .infinity)
  }

  @Test("A run ends at its value, and at an rmse")
  func reached() throws {
    for target in [
      MetricTarget("distance", 0.05), MetricTarget("rmse", 0.05), MetricTarget("r2", 0.99),
    ] {
      let outcome = try TrainingRun(try assembly(until: target), folder: nil).run()
      #expect(outcome.reason == .targetReached, "\(target)")
      #expect(outcome.cost.evaluations < 20_000)
    }
  }

  @Test(
    "A list that cannot be used is refused when the run is put together", arguments: Fault.ofList)
  func list(_ fault: Fault) throws {
    let error = try #require(throws: RunError.self) { try assembly([fault.definition]) }
    #expect(error.message.contains("dataset 'fixture-plane'"), "\(error.message)")
    #expect(error.message.contains(fault.words), "\(error.message)")
  }

  @Test("A value that cannot be one is refused", arguments: Fault.ofValues)
  func faultyValues(_ fault: Fault) throws {
    let assembly = try assembly([fault.definition])
    let error = try #require(throws: ComponentError.self) { try evaluation(assembly) }
    #expect(error.message.contains("dataset 'fixture-plane' measured its metric 'distance'"))
    #expect(error.message.contains(fault.words), "\(error.message)")
  }

  @Test("The program shows it with unit and error, stops at it, and compares by it")
  func program() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("plane_dataset", in: folder)
    try CCompiler.fixture("linear_model", in: folder)
    func run(_ arguments: [String]) throws -> Program {
      try HostProgram.run(arguments, plugins: [folder.path, BuiltProducts.folder])
    }
    let parts = ["--model", "fixture-linear", "--dataset", "fixture-plane", "--quiet"]
    let text = try run(
      ["run", "--optimizer", "adam", "--until-metric", "distance=0.1", "--require", "--output"]
        + ["\(folder.path)/run"] + parts)
    #expect(text.ending == .exited(0), "\(text.errors)")
    #expect(text.output.contains("the target is reached"))
    #expect(
      text.output.contains(/test +loss [^\n]* distance 0\.[0-9]+ ± 0\.[0-9]+ m/), "\(text.output)")
    let shown = try run(["eval", "\(folder.path)/run/model.safetensors"])
    #expect(shown.output.contains(/distance 0\.[0-9]+ ± 0\.[0-9]+ m/), "\(shown.output)")
    let listed = try run(["data", "show", "fixture-plane"])
    #expect(
      listed.output.contains(
        "distance (m): Mean distance of outputs from targets. (less is better)"),
      "\(listed.output)")
    let compared = try run(
      [
        "compare", "-o", "adam,random", "-m", "fixture-linear", "-d", "fixture-plane", "--seeds",
        "3", "--max-evals", "200", "--metric", "distance", "--output", "\(folder.path)/compare",
        "--quiet",
      ])
    #expect(compared.ending == .exited(0), "\(compared.errors)")
    #expect(
      compared.output.contains("of the test distance (m), of which less is better"),
      "\(compared.output)")
    let unknown = try run(
      [
        "compare", "-o", "adam", "-m", "fixture-linear", "-d", "fixture-plane", "--metric",
        "distanc", "--output", "\(folder.path)/unknown", "--quiet",
      ])
    #expect(unknown.ending == .exited(2))
    #expect(unknown.errors.contains("no run has the figure 'distanc'; did you mean 'distance'?"))
  }
}
