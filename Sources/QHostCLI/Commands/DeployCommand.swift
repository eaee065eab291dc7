import ArgumentParser
import QHostInterfaces
import QHostRuntime

/// Compiles a trained model for somewhere else.
struct DeployCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy",
    abstract: "Compile a trained model for somewhere else, run it there and compare.",
    discussion: """
      The target writes its files to a folder; then the test split is run on it, row by row beside the
      model itself. 'qhost plugins show NAME' lists what can be set for a target.
      A network that another program wrote as an ONNX file (NAME.onnx) is calibrated and compared on the rows
      of --dataset, scaled by --scaling as in its training; without a dataset it is only compiled.
      """)

  @Argument(
    help: "The model.safetensors of a run, or an ONNX file.",
    completion: .file(extensions: ["safetensors", "onnx"]))
  var path: String

  @Option(
    help: ArgumentHelp("What it is compiled for.", valueName: "NAME"),
    completion: ComponentNames.completion(.target))
  var target: String

  @Option(
    help: ArgumentHelp(
      "Folder for the files (default: the target's name beside the model).", valueName: "DIR"),
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Another dataset of the same shape; for an ONNX file, its dataset.", valueName: "NAME"),
    completion: ComponentNames.completion(.dataset))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "How an ONNX file's inputs are scaled: none, standardize, minmax (default: the dataset's).",
      valueName: "NAME"),
    completion: .list(["none", "standardize", "minmax"]))
  var scaling: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter of the target or the dataset (target.KEY=VALUE). May be repeated.",
      valueName: "KEY=VALUE"))
  var settings: [String] = []

  @Flag(help: "Print one JSON object (schema qhost.deploy/1) instead of text.")
  var json = false

  @OptionGroup(title: "Host") var host: HostOptions

  /// What `--json` prints.
  private struct Record: Encodable {
    var schema = "qhost.deploy/1"
    var model: String
    /// What the model is made around, by place.
    var dependencies: [String: String]?
    var dataset: String?
    var deployment: Deployment
  }

  func run() throws {
    let record = try ImportedModel.isMeant(by: path) ? imported() : trained()
    if json {
      print(try JSONText.of(record))
      return
    }
    for (label, text) in DeploymentSummary(record.deployment).rows {
      print(label + String(repeating: " ", count: max(1, 8 - label.count)) + text)
    }
  }

  /// Deploys a model of a run.
  private func trained() throws -> Record {
    guard scaling == nil else {
      throw RunError(
        .usage, "--scaling is for ONNX files; '\(path)' has the scaling of its training in it")
    }
    let file = try ModelFile(reading: path)
    let specification = file.description.specification
    let session = try Session(host, seed: specification.seed)
    session.watchCalls()
    let words = try Settings(settings)
    let model = try TrainedModel(
      file, dataset: dataset, settings: words.without("target"), catalogue: session.catalogue,
      common: session.common)
    let deployment = try model.deploy(
      to: target, settings: words, folder: folder, catalogue: session.catalogue)
    return Record(
      model: specification.model, dependencies: model.dependencies,
      dataset: dataset ?? specification.dataset,
      deployment: deployment)
  }

  /// Deploys a network that another program wrote.
  private func imported() throws -> Record {
    let session = try Session(host)
    session.watchCalls()
    let words = try Settings(settings)
    let model = try ImportedModel(
      reading: path, dataset: dataset, settings: words.without("target"), scaling: scaling,
      catalogue: session.catalogue, common: session.common)
    let deployment = try model.deploy(
      to: target, settings: words.under("target"), folder: folder, catalogue: session.catalogue)
    return Record(model: path, dependencies: nil, dataset: dataset, deployment: deployment)
  }

  /// Where the files go.
  private var folder: String { FileAccess.absolute(output ?? Self.folder(of: path) + target) }

  /// The folder part of a path, with its last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
