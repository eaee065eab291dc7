import ArgumentParser
import QHostComparing
import QHostInterfaces
import QHostRuntime

/// Writes what a trained model is in the forms of other programs.
struct ExportDocumentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-documents",
    abstract: "Write a trained model as files for other programs, such as a circuit in OpenQASM.",
    discussion: """
      For models that are more than a graph (qhost run --model qnn). Which files there are, and in which form, is the \
      model's affair; its README says what is in them.
      """)

  /// What `--json` prints.
  private struct Record: Encodable {
    struct File: Encodable {
      let path: String
      let format: String
      let bytes: Int
    }
    let schema = "qhost.export-documents/1"
    let model: String
    let files: [File]
  }

  @Argument(
    help: "The folder of a run, or its model.safetensors.",
    completion: .file(extensions: ["safetensors"]))
  var path: String

  @Option(
    help: ArgumentHelp("A new folder for the files.", valueName: "DIR"), completion: .directory)
  var output: String

  @Flag(help: "Print one JSON object (schema qhost.export-documents/1) instead of text.")
  var json = false

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    let file = try ModelFile(reading: RunFolder.model(in: path))
    let session = try Session(
      host, seed: file.description.specification.seed, ownsOutput: false)
    let trained = try TrainedModel(
      file, dataset: nil, settings: Settings(), catalogue: session.catalogue,
      common: session.common)
    let documents = try trained.documents()
    try Export(files: documents.map { .init(path: $0.name, bytes: Array($0.text.utf8)) })
      .write(to: output)
    let folder = FileAccess.absolute(output)
    let record = Record(
      model: file.description.specification.model,
      files: documents.map {
        .init(path: folder + "/" + $0.name, format: $0.format, bytes: $0.text.utf8.count)
      })
    if json {
      print(try JSONText.of(record))
      return
    }
    for file in record.files {
      print("\(file.format), \(Numbers.bytes(file.bytes)): \(file.path)")
    }
  }
}
