import ArgumentParser
import QHostRuntime

/// Writes the weights that a trained model generates for another one.
struct ExportWeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-weights",
    abstract:
      "Write the weights that a trained model generates as a model that needs it no longer.",
    discussion: """
      For models around others whose weights they generate (qhost run --model subspace). What is written is a trained \
      model of the inner kind, with the same outputs: for 'qhost eval', 'qhost deploy' and 'qhost run --from'.
      """)

  @Argument(
    help: "The folder of a run, or its model.safetensors.",
    completion: .file(extensions: ["safetensors"]))
  var path: String

  @Option(
    help: ArgumentHelp("The file for the inner model.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Which inner model, for example model.inner (default: the innermost).", valueName: "PLACE"))
  var place: String?

  @Flag(help: "Print one JSON object (schema qhost.export-weights/1) instead of text.")
  var json = false

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    let source = RunFolder.model(in: path)
    guard FileAccess.absolute(source) != FileAccess.absolute(output) else {
      throw RunError(
        .usage, "--output '\(output)' is the trained model itself; name another file")
    }
    let file = try ModelFile(reading: source)
    let session = try Session(
      host, seed: file.description.specification.seed, ownsOutput: false)
    let trained = try TrainedModel(
      file, dataset: nil, settings: Settings(), catalogue: session.catalogue,
      common: session.common)
    let record = try GeneratedWeights(of: trained, at: place).write(to: output)
    if json {
      print(try record.json())
      return
    }
    print(
      "\(record.model) with \(record.parameterCount) weights of "
        + "\(record.generator.models.joined(separator: " with ")) with "
        + "\(record.generator.parameterCount), \(Numbers.bytes(record.bytes)): \(record.path)")
  }
}
