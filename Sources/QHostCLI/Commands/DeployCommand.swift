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
      """)

  @Argument(
    help: "The model.safetensors of a run.", completion: .file(extensions: ["safetensors"]))
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
    help: ArgumentHelp("Another dataset of the same shape.", valueName: "NAME"),
    completion: ComponentNames.completion(.dataset))
  var dataset: String?

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
    var dataset: String
    var deployment: Deployment
  }

  func run() throws {
    let file = try ModelFile(reading: path)
    let session = try Session(host, seed: file.description.specification.seed)
    let words = try Settings(settings)
    let trained = try TrainedModel(
      file, dataset: dataset, settings: words.without("target"), catalogue: session.catalogue,
      common: session.common)
    let folder = output ?? Self.folder(of: path) + target
    let deployment = try trained.deploy(
      to: target, settings: words, folder: FileAccess.absolute(folder),
      catalogue: session.catalogue)
    if json {
      let specification = file.description.specification
      print(
        try JSONText.of(
          Record(
            model: specification.model, dataset: dataset ?? specification.dataset,
            deployment: deployment)))
      return
    }
    for (label, text) in DeploymentSummary(deployment).rows {
      print(label + String(repeating: " ", count: max(1, 8 - label.count)) + text)
    }
  }

  /// The folder part of a path, with its last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
