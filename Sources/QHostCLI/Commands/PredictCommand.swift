import ArgumentParser
import QHostRuntime

/// Says what a trained model makes of rows whose targets need not be known.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Write what a trained model says of new rows, as a table.",
    discussion: """
      Columns and categories are matched by their names; the target may be missing, and other columns are left
      out. Classes come in the words of the training's table, with their probabilities; numbers in its unit.
      For example: qhost predict MODEL --dataset csv --set dataset.path=new.csv
      """)

  @OptionGroup var model: TrainedModelOptions

  @Option(
    help: ArgumentHelp("A file for the result (default: standard output).", valueName: "FILE"),
    completion: .file())
  var output: String?

  @Flag(
    help: "Write one JSON object (schema qhost.predictions/1) instead of comma-separated values.")
  var json = false

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    let file = try ModelFile(reading: RunFolder.model(in: model.path))
    let session = try Session(host, seed: file.description.specification.seed)
    session.handleInterrupts()
    let predictions = try Predictions(
      file, dataset: model.dataset, settings: try Settings(model.settings),
      catalogue: session.catalogue,
      common: session.common)
    let writer = PredictionWriter(predictions, isJSON: json)
    let progress = RowProgress("predict", rows: predictions.rowCount, isQuiet: host.quiet)
    var text = try writer.beginning()
    try predictions.forEach { chunk in
      text += try writer.text(of: chunk)
      progress.show(chunk.rows.upperBound)
      guard output == nil else { return }
      print(text, terminator: "")
      text = ""
    }
    text += writer.end
    progress.finish()
    guard let output else { return print(text, terminator: "") }
    try FileAccess.write(Array(text.utf8), to: output)
  }
}
