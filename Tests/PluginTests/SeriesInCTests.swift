import Foundation
import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Series in C", .enabled(if: CCompiler.isPresent))
struct SeriesInCTests {
  private func bench(_ definitions: [String] = []) throws -> (Bench, TemporaryFolder) {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("leaky_model", in: folder, definitions: definitions)
    return (try Bench([folder.path, BuiltProducts.folder]), folder)
  }

  private func run(
    _ definitions: [String] = [], model: String = "fixture-leaky", threads: Int = 1
  ) throws -> (RunAssembly, TrainingRun.Outcome) {
    let (bench, folder) = try bench(definitions)
    defer { withExtendedLifetime(folder) {} }
    var specification = RunSpecification(
      optimizer: "ga", model: model, dataset: "fixture-series")
    specification.batchRows = 0
    specification.budget = Budget()
    specification.budget.maxEvaluations = 300
    let assembly = try bench.assembly(specification, threads: threads)
    return (assembly, try TrainingRun(assembly, folder: nil).run())
  }

  @Test("are learnt, alike on one thread and on two", arguments: ["STREAM=0", "STREAM=1"])
  func training(definition: String) throws {
    let (one, two) = (
      try run([definition], threads: 1), try run([definition], threads: 2)
    )
    #expect(one.1.parameters == two.1.parameters)
    let (assembly, outcome) = one
    #expect(assembly.parts.table.isStream == (definition == "STREAM=1"))
    let test = try Evaluation(
      of: outcome.parameters, on: .test, table: #require(assembly.data.table(.test)),
      parts: assembly.parts)
    #expect(try #require(test.metrics["accuracy"]) > 0.7)
  }

  @Test("carry state that depends on the parameters, of each candidate its own")
  func streams() throws {
    let (bench, folder) = try bench(["STREAM=1"])
    defer { withExtendedLifetime(folder) {} }
    var specification = RunSpecification(
      optimizer: "ga", model: "fixture-leaky", dataset: "fixture-series")
    specification.batchRows = 0
    let assembly = try bench.assembly(specification)
    let points = [[0.5, -0.4, 0.1, 0], [0.2, 0.9, 0, -0.3], [0.5, -0.4, 0.1, 0]]
    var query = Query()
    query.points = points.flatMap { $0 }
    var answer = Answer()
    try assembly.objective.answer(query, into: &answer)
    #expect(answer.losses[0] == answer.losses[2] && answer.losses[0] != answer.losses[1])
    for (place, point) in points.enumerated() {
      // Row by row, through one state.
      let live = try Evaluation(
        of: point, on: .train, table: assembly.parts.table, parts: assembly.parts)
      #expect(live.metrics["loss"] == answer.losses[place])
    }
  }

  @Test(
    "reach a model through one that generates its weights", arguments: ["STREAM=0", "STREAM=1"])
  func generated(definition: String) throws {
    let (bench, folder) = try bench([definition])
    defer { withExtendedLifetime(folder) {} }
    func loss(_ specification: RunSpecification, _ point: [Double]) throws -> (Double?, [Double]) {
      let assembly = try bench.assembly(specification)
      let evaluation = try Evaluation(
        of: point, on: .train, table: assembly.parts.table, parts: assembly.parts)
      let inner = try? (assembly.model as? ForeignModel)?.innerParameters(at: point)
      return (evaluation.metrics["loss"], inner ?? [])
    }
    let outer = RunSpecification(
      optimizer: "ga", model: "subspace", dataset: "fixture-series",
      settings: try Settings(["model.inner=fixture-leaky", "model.numbers=3"]))
    let (generated, weights) = try loss(outer, [0.4, -0.3, 0.8])
    #expect(weights.count == 4)
    let inner = RunSpecification(
      optimizer: "ga", model: "fixture-leaky", dataset: "fixture-series")
    #expect(try loss(inner, weights).0 == generated && generated != nil)
  }

  private func refusal(_ definitions: [String], _ model: String = "fixture-leaky") -> String {
    do {
      _ = try run(definitions, model: model)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test("are refused where lengths are out of range, or a model knows none")
  func refusals() throws {
    #expect(
      refusal(["LENGTH_OF_3=0"])
        == "dataset 'fixture-series', train row 4 has 0 steps, which must be 1 to 6; remove or correct that "
        + "row")
    #expect(refusal(["LENGTH_OF_3=7"]).contains("train row 4 has 7 steps"))
    let padding = refusal([], "mlp")
    #expect(
      padding.hasPrefix(
        "dataset 'fixture-series' has series of 2 to 6 steps, and model 'mlp' would take the padding of "
          + "the shorter ones for data; use a model that takes series: "))
    #expect(padding.contains("fixture-leaky"))
    #expect(
      refusal(["TAKES_SERIES=0"]).contains("model 'fixture-leaky' would take the padding"))
  }

  @Test("are refused with the whole plugin where the model has no function to bind them")
  func incomplete() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("leaky_model", in: folder, definitions: ["BINDS=0"])
    let listed = try HostProgram.run(["plugins"], plugins: [folder.path])
    #expect(
      (listed.output + listed.errors).contains(
        "the table of capability 'qhost.draft.series/1' of model 'fixture-leaky' lacks a function"))
  }

  @Test("go through the program: run, eval, and a target that refuses them")
  func program() throws {
    let (_, folder) = try bench(["STREAM=1"])
    func host(_ words: String) throws -> Program {
      try HostProgram.run(words.split(separator: " ").map(String.init), plugins: [folder.path])
    }
    let path = folder.path
    let run = try host(
      "run --optimizer sa --model fixture-leaky --dataset fixture-series --max-evals 200 --json "
        + "--quiet --output \(path)/run")
    try #require(run.ending == .exited(0), "\(run.errors)")
    let evaluated = try host("eval \(path)/run/model.safetensors --json --quiet")
    func metrics(_ text: String) throws -> NSDictionary? {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return object?["metrics"] as? NSDictionary
    }
    #expect(try metrics(evaluated.output) == metrics(run.output))
    let deployed = try host("deploy \(path)/run/model.safetensors --target c99 --quiet")
    #expect(deployed.ending == .exited(2))
    #expect(deployed.errors.contains("runs rows of one length, each by itself"))
  }
}
