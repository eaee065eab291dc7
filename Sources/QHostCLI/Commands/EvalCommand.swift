import ArgumentParser
import QHostInterfaces
import QHostRuntime

/// Evaluates a trained model.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Run a trained model on a dataset and print how good it is.",
    discussion: """
      Without options, on the dataset that it was trained on, all splits. Columns, categories and classes are
      matched by their names. Rows that are not those of the training, such as those of another file, are
      evaluated whole.
      """)

  @OptionGroup var model: TrainedModelOptions

  @Option(
    help: ArgumentHelp("Only this split: train, validation or test.", valueName: "NAME"),
    completion: .list(["train", "validation", "test"]))
  var split: String?

  @Flag(help: "Print one JSON object (schema qhost.eval/1) instead of text.")
  var json = false

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    let file = try ModelFile(reading: model.path)
    let session = try Session(host, seed: file.description.specification.seed)
    session.watchCalls()
    let trained = try TrainedModel(
      file, dataset: model.dataset, settings: try Settings(model.settings),
      catalogue: session.catalogue,
      common: session.common)
    let record = try trained.evaluate(try chosenSplit())
    if json {
      print(try record.json())
      return
    }
    for name in Split.allCases.map(\.description) + [TrainedModel.Record.whole] {
      guard let metrics = record.metrics[name] else { continue }
      let errors = record.errors?[name] ?? [:]
      let figures = MetricText.figures(metrics, errors, record.metricDescriptions)
      print("\(name): \(figures.joined(separator: ", ")) (\(record.rows[name] ?? 0) rows)")
    }
  }

  private func chosenSplit() throws(RunError) -> Split? {
    guard let split else { return nil }
    guard let found = Split.allCases.first(where: { $0.description == split }) else {
      throw RunError(
        .usage,
        "there is no split '\(split)'"
          + Suggestion.sentence(for: split, among: Split.allCases.map(\.description)))
    }
    return found
  }
}
