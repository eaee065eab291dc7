import ArgumentParser
import QHostRuntime

/// How a model learns from rows that come one after the other.
struct OnlineOptions: ParsableArguments {
  @Flag(
    help:
      "Predict rows in their order, each before it is learned from: the dataset's, or those of --input."
  )
  var online = false

  @Option(
    help: ArgumentHelp(
      "Take the rows of a table of numbers with a header; -: standard input, as long as it lasts.",
      valueName: "FILE"),
    completion: .file(extensions: ["csv"]))
  var input: String?

  @Option(help: ArgumentHelp("Its column of labels (default: the last).", valueName: "NAME"))
  var label: String?

  @Option(
    help: ArgumentHelp("Its column of times, which is not a feature.", valueName: "NAME"))
  var time: String?

  @Flag(help: "Its labels are numbers to foretell rather than classes.")
  var regression = false

  @Flag(help: "Refuse times that go backwards or repeat, rather than report them.")
  var refuseIrregular = false

  @Option(
    help: ArgumentHelp("Outputs for classes that its first rows do not have.", valueName: "N"))
  var spareClasses: Int?

  @Option(
    help: ArgumentHelp(
      "What learning from a row may cost, in losses on the memory.", valueName: "X"))
  var rowLosses: Double?

  @Option(
    help: ArgumentHelp(
      "The same in forward passes of one row, by modelled time (default: 20).", valueName: "X"))
  var rowPasses: Double?

  @Option(help: ArgumentHelp("The same in microseconds.", valueName: "X"))
  var rowMicroseconds: Double?

  @Option(
    help: ArgumentHelp(
      "Rows that are predicted, then learned from, together (default: 50).", valueName: "N"))
  var blockRows: Int?

  @Option(
    help: ArgumentHelp(
      "Which rows are learned from: the last (window), a sample of all (reservoir), one that fades (fading).",
      valueName: "NAME"),
    completion: .list(OnlineSettings.MemoryKind.allCases.map(\.rawValue)))
  var memory: String?

  @Option(help: ArgumentHelp("How many rows that are (default: 500).", valueName: "N"))
  var memoryRows: Int?

  @Option(
    help: ArgumentHelp(
      "First rows that are not predicted, from which scaling and classes are taken (default: 200).",
      valueName: "N"))
  var warmupRows: Int?

  @Option(help: ArgumentHelp("Rows between a row and its label (default: 0).", valueName: "N"))
  var labelDelay: Int?

  @Option(
    help: ArgumentHelp(
      "What says that there is a drift: \(DriftDetectorKind.allCases.map(\.rawValue).joined(separator: ", ")) (default: adwin).",
      valueName: "NAME"),
    completion: .list(DriftDetectorKind.allCases.map(\.rawValue)))
  var detector: String?

  @Option(
    help: ArgumentHelp(
      "Rows after a start or a drift in which the optimizer's schedule goes to its plateau (default: 2000).",
      valueName: "N"))
  var scheduleRows: Int?

  @Option(
    help: ArgumentHelp(
      "Where the schedule stays, as a fraction of a run's, 0 to 1 (default: 0.6).", valueName: "X"))
  var plateau: Double?

  @Option(
    help: ArgumentHelp(
      "When the model learns: all the time (continual), up to a row (once), from its start again (retrained).",
      valueName: "NAME"),
    completion: .list(OnlineSettings.Learning.allCases.map(\.rawValue)))
  var learning: String?

  @Option(
    help: ArgumentHelp(
      "The rows of 'once', and those between two trainings of 'retrained' (default: 5000).",
      valueName: "N"))
  var learningRows: Int?

  @Flag(help: "Run a model trained once and one retrained beside it, at equal cost a row.")
  var baselines = false

  @Option(
    help: ArgumentHelp("Rows of the sliding window of the error (default: 1000).", valueName: "N"))
  var windowRows: Int?

  @Option(
    help: ArgumentHelp("The fading factor of the error (default: 0.999).", valueName: "X"))
  var fading: Double?

  @Flag(help: "Write each prediction to predictions.csv in the run's folder.")
  var predictions = false

  /// The first option that means something only with --online and is given; `nil`: none is.
  var given: String? {
    let given: [(String, Bool)] = [
      ("--input", input != nil), ("--label", label != nil), ("--time", time != nil),
      ("--regression", regression), ("--refuse-irregular", refuseIrregular),
      ("--spare-classes", spareClasses != nil), ("--row-losses", rowLosses != nil),
      ("--row-passes", rowPasses != nil), ("--row-microseconds", rowMicroseconds != nil),
      ("--block-rows", blockRows != nil), ("--memory", memory != nil),
      ("--memory-rows", memoryRows != nil), ("--warmup-rows", warmupRows != nil),
      ("--label-delay", labelDelay != nil), ("--detector", detector != nil),
      ("--schedule-rows", scheduleRows != nil), ("--plateau", plateau != nil),
      ("--learning", learning != nil), ("--learning-rows", learningRows != nil),
      ("--baselines", baselines), ("--window-rows", windowRows != nil),
      ("--fading", fading != nil), ("--predictions", predictions),
    ]
    return given.first { $0.1 }?.0
  }

  /// The job that the options ask for; `nil`: the run is not online.
  ///
  /// - Throws: kind `usage`.
  func job(for command: RunCommand) throws(RunError) -> OnlineJob? {
    func checkIsolation() throws(RunError) {
      guard command.isolation.isolate.isEmpty else {
        throw RunError(.usage, "--isolate does not go with --online; leave one of them out")
      }
    }
    if let path = command.resume, let known = try OnlineRun.interrupted(in: path) {
      try command.checkResuming()
      try checkIsolation()
      if online || given != nil {
        throw RunError(
          .usage,
          "\(given ?? "--online") does not go with --resume, which continues as the run began; leave it out"
        )
      }
      return OnlineJob(
        specification: known.specification, settings: known.settings, source: known.source,
        folder: RunFolder(existing: path), isResumed: true)
    }
    if online, command.resume != nil {
      throw RunError(
        .usage, "--online does not go with --resume, which continues as the run began; leave it out"
      )
    }
    guard online else {
      guard let option = given else { return nil }
      throw RunError(.usage, "\(option) is for runs that are online; add --online, or leave it out")
    }
    guard command.snapshots == nil else {
      throw RunError(.usage, "--snapshots does not go with --online; leave one of them out")
    }
    try checkIsolation()
    return OnlineJob(
      specification: try command.onlineSpecification(), settings: try settings(),
      source: try source(command),
      folder: try command.output.map { (path) throws(RunError) in try RunFolder(named: path) },
      isResumed: false)
  }

  private func settings() throws(RunError) -> OnlineSettings {
    var settings = OnlineSettings()
    let budgets: [OnlineSettings.RowBudget] = [
      rowLosses.map { .losses($0) }, rowPasses.map { .passes($0) },
      rowMicroseconds.map { .microseconds($0) },
    ].compactMap { $0 }
    guard budgets.count <= 1 else {
      throw RunError(
        .usage, "a row has one budget: give one of --row-losses, --row-passes, --row-microseconds")
    }
    settings.budget = budgets.first ?? settings.budget
    settings.blockRows = blockRows ?? settings.blockRows
    settings.memory = try Self.choice(memory, "--memory") ?? settings.memory
    settings.memoryRows = memoryRows ?? settings.memoryRows
    settings.warmupRows = warmupRows ?? settings.warmupRows
    settings.labelDelay = labelDelay ?? settings.labelDelay
    settings.detector = try Self.choice(detector, "--detector") ?? settings.detector
    settings.scheduleRows = scheduleRows ?? settings.scheduleRows
    settings.plateau = plateau ?? settings.plateau
    settings.learning = try Self.choice(learning, "--learning") ?? settings.learning
    settings.learningRows = learningRows ?? settings.learningRows
    settings.hasBaselines = baselines
    settings.windowRows = windowRows ?? settings.windowRows
    settings.fading = fading ?? settings.fading
    settings.writesPredictions = predictions
    return settings
  }

  private func source(_ command: RunCommand) throws(RunError) -> OnlineSource {
    var source = OnlineSource()
    source.input = input.map { $0 == "-" ? $0 : FileAccess.absolute($0) }
    source.label = label
    source.time = time
    source.isRegression = regression
    source.refusesIrregularTimes = refuseIrregular
    if let spareClasses {
      guard (0...10_000).contains(spareClasses) else {
        throw RunError(.usage, "--spare-classes cannot be \(spareClasses): it must be 0 to 10000")
      }
      source.spareClasses = spareClasses
    }
    guard input == nil || command.dataset == nil else {
      throw RunError(.usage, "rows come from --dataset or from --input; give one of them")
    }
    let forTables: [(String, Bool)] = [
      ("--label", label != nil), ("--time", time != nil), ("--regression", regression),
      ("--refuse-irregular", refuseIrregular), ("--spare-classes", spareClasses != nil),
    ]
    if input == nil, let option = forTables.first(where: { $0.1 }) {
      throw RunError(.usage, "\(option.0) is for the table of --input; leave it out")
    }
    return source
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String?, _ option: String
  ) throws(RunError) -> Choice? where Choice.RawValue == String {
    guard let text else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw RunError(
        .usage,
        "\(option): there is no '\(text)'"
          + Suggestion.sentence(for: text, among: Choice.allCases.map(\.rawValue)))
    }
    return choice
  }
}
