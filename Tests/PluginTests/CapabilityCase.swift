import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting

/// A component with a capability, in process behind the C interface or in a library of C, made for a run.
struct CapabilityCase: Sendable, CustomStringConvertible {
  /// Whether it is in a library.
  let isLibrary: Bool
  let model: String
  let dataset: String
  var settings: [String] = []

  var description: String {
    (["\(model) on \(dataset)"] + settings).joined(separator: " ")
      + (isLibrary ? ", a library" : ", in process")
  }

  /// Those of scenarios that have constraints, objectives or random draws.
  static let scenarios: [CapabilityCase] =
    [
      ("fenced", []), ("fenced", ["dataset.cuts=true"]),
      ("fenced", ["dataset.outputs=mixed", "dataset.rows=3"]), ("goals", []),
      ("goals", ["dataset.gain=true", "dataset.rows=3"]), ("gusty", []),
    ].map { CapabilityCase(isLibrary: false, model: "identity", dataset: $0, settings: $1) }
    + libraries(
      ["fixture-fence", "fixture-hedge", "fixture-goals", "fixture-wind"].map { ("direct", $0) })

  /// Those of models whose outputs are random draws.
  static let drawing =
    [CapabilityCase(isLibrary: false, model: "drawing", dataset: "plane")]
    + libraries([("fixture-linear", "digits")])

  /// Those of models that take series.
  static let series =
    [CapabilityCase(isLibrary: false, model: "leaky", dataset: "wave")]
    + libraries([("fixture-leaky", "fixture-series")])

  /// Those of models around models.
  static let wrapping =
    [CapabilityCase(isLibrary: false, model: "generator", dataset: "plane")]
    + libraries([("fixture-generator", "iris")])

  private static func libraries(_ names: [(String, String)]) -> [CapabilityCase] {
    guard CCompiler.isPresent else { return [] }
    return names.map { CapabilityCase(isLibrary: true, model: $0, dataset: $1) }
  }

  /// The parts of a run with it.
  func assembly() throws -> RunAssembly {
    guard isLibrary else {
      var run = try TestRun("walker", set: settings, budget: Budget())
      run.specification.model = model
      run.specification.dataset = dataset
      return try run.assembly()
    }
    var specification = RunSpecification(
      optimizer: "random", model: model, dataset: dataset, settings: try Settings(settings))
    specification.budget = Budget()
    return try Self.bench.get().assembly(specification)
  }

  /// The C fixtures with capabilities, compiled once.
  private static let bench: Result<Bench, any Error> = Result {
    let folder = TemporaryFolder.ofProcess
    for (name, definitions) in [
      ("scenarios", []), ("linear_model", ["NOISE=1.0"]), ("leaky_model", []),
      ("generator_model", []),
    ] {
      try CCompiler.fixture(
        name, as: "libqhost-capability-\(name).so", in: folder, definitions: definitions)
    }
    return try Bench([folder.path, BuiltProducts.folder])
  }
}
