import ArgumentParser
import QHostDrawing
import QHostRuntime

/// Measures how far from separable the function of a trained model is.
struct EntangleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entangle",
    abstract:
      "Measure how far a model's function is from a product of functions of two parts of its inputs.",
    discussion: """
      Writes an output as f(x, y), x and y two parts of the inputs, and prints the entropy, participation and rank of
      its Schmidt spectrum with bootstrap intervals: entropy 0 is a product u(x) v(y), ln r a sum of r equal ones.
      x and y are of different rows, so that nothing is due to how inputs go together in the data.
      Folders of runs with --snapshots are shown from the start to the end.
      For example: qhost entangle RUN-FOLDER --bipartition '1-4|5-8' --figure entropy.svg
      """)

  @Argument(
    help: "A run's folder, or the model.safetensors of one. Several of one run's model.",
    completion: .file(extensions: ["safetensors"]))
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "Inputs of both parts, by names or numbers from 1, such as 1-4|5-8 (default: the first half|the others).",
      valueName: "A|B"))
  var bipartition: String?

  @Option(
    help: ArgumentHelp(
      "The output, by its name or number from 1 (default: the only one).", valueName: "NAME"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Whose rows give the samples: train, validation or test.", valueName: "NAME"),
    completion: .list(["train", "validation", "test"]))
  var split = "train"

  @Option(
    help: ArgumentHelp("Samples of each part (default: 250, or all rows).", valueName: "N"))
  var samples: Int?

  @Option(help: ArgumentHelp("Resamples of the bootstrap.", valueName: "N"))
  var resamples = 200

  @Option(
    help: ArgumentHelp("The fraction of the squares that the rank holds.", valueName: "X"))
  var rankPart = 0.99

  @Flag(
    help:
      "Leave the mean in: it is a product of its own, which drowns the others where it is large.")
  var keepMean = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the samples (default: 1).", valueName: "N"),
    transform: RunCommand.parsedSeed)
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Draw the entropy against the passes into this file.", valueName: "FILE.svg"),
    completion: .file(extensions: ["svg"]))
  var figure: String?

  @Flag(help: "Print one JSON object (schema qhost.entangle/1) instead of text.")
  var json = false

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    var settings = SeparabilitySettings()
    settings.bipartition = bipartition
    settings.output = output
    settings.split = split
    settings.sampleCount = samples
    settings.resampleCount = resamples
    settings.rankPart = rankPart
    settings.removesMean = !keepMean
    try settings.check()
    if let figure, !figure.hasSuffix(".svg") {
      throw RunError(.usage, "--figure '\(figure)' is drawn as SVG; end the file's name with .svg")
    }
    let files = try EntangledFiles(paths)
    let session = try Session(host, seed: seed ?? 1)
    session.handleInterrupts()
    session.watchCalls()
    let record = try measure(files, settings, session)
    if let figure {
      let chart = FigureChart(SeparabilityFigure(record).figure)
      try FileAccess.write(Array(chart.svg.utf8), to: figure)
    }
    print(json ? try record.json() : SeparabilityText(record).text)
  }

  private func measure(
    _ files: EntangledFiles, _ settings: SeparabilitySettings, _ session: Session
  ) throws(RunError) -> SeparabilityRecord {
    var record: SeparabilityRecord?
    for (number, model) in files.models.enumerated() {
      guard !session.common.cancellation.isRequested else {
        throw RunError(
          .interrupted, "interrupted after \(number) of \(files.models.count) models")
      }
      let trained = try TrainedModel(
        model.file, dataset: nil, settings: Settings(), catalogue: session.catalogue,
        common: session.common)
      let one = try trained.separability(settings, path: model.path)
      if record == nil { record = one } else { record?.models += one.models }
    }
    guard let record else { throw RunError(.usage, "name a model") }
    return record
  }
}
