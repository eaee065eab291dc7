import QHostDatasets
public import QHostInterfaces

/// Labelled series from files: `.ts` of the UCR and UEA archives, or delimited text.
public final class TimeSeries: DatasetComponent, SeriesDataset {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "time-series",
    summary:
      "Labelled series of one or more channels from .ts or CSV files, of unequal length too.",
    source: "H. A. Dau et al., The UCR time series archive, IEEE/CAA J. Autom. Sinica 6, 2019; A. "
      + "Bagnall et al., The UEA multivariate time series classification archive, arXiv:1811.00075.",
    parameters: [
      .path(
        "path", default: nil,
        "The training file, .ts or delimited text; or a problem's name, as GunPoint, whose files are "
          + "ucr/NAME/NAME_TRAIN.ts and _TEST.ts in the data folders."),
      .text(
        "test_path", default: "",
        "The test file; empty: that of the same name with TEST for TRAIN, or a part of the training "
          + "file where its name has no TRAIN."),
      .choice(
        "task", default: "auto",
        of: [
          .init("auto", "What the file says; classes if it says nothing."),
          .init("classification", "Labels are classes."),
          .init("regression", "Labels are numbers to learn."),
        ], "What labels are taken as."),
    ] + SplitParameters.declared(testFraction: 0.2))

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let table: SeriesTable

  /// Reads and checks the files.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let files = try SeriesFiles(configuration, request.host)
    let train = try Self.read(files.train)
    let test: SeriesFile? = if let path = files.test { try Self.read(path) } else { nil }
    if let test, test.channelCount != train.channelCount {
      throw .data(
        "'\(test.path)' has \(test.channelCount) channels, '\(train.path)' has "
          + "\(train.channelCount); give files of one problem")
    }
    let isRegression = try Self.isRegression(train, configuration.choice("task"))
    let labels = try SeriesLabels(train, isRegression: isRegression)
    var targets: [Float] = []
    for file in [train, test].compactMap({ $0 }) {
      for one in file.cases { targets.append(try labels.target(of: one, path: file.path)) }
    }
    let members = try SeriesSplits.members(
      trainTargets: Array(targets[..<train.cases.count]), testCount: test?.cases.count,
      labels: labels, configuration, path: train.path)
    table = SeriesTable(
      train.cases + (test?.cases ?? []), targets: targets, channelCount: train.channelCount,
      members: members)
    datasetDescription = Self.description(table, labels, path: train.path)
  }

  /// Writes the inputs [B × T × S] and targets [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    table.read(split, rows: rows, inputs: inputs, targets: targets)
  }

  /// The steps of the series in rows [B] of a split.
  public func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int] {
    table.lengths(split, rows: rows)
  }

  private static func read(_ path: String) throws(ComponentError) -> SeriesFile {
    let bytes = try FileBytes.readText(path, remedy: "give a readable file of series")
    return path.lowercased().hasSuffix(".ts") || path.lowercased().hasSuffix(".ts.gz")
      ? try TSReader.read(bytes, path: path) : try CSVSeriesReader.read(bytes, path: path)
  }

  private static func isRegression(
    _ file: SeriesFile, _ task: String
  ) throws(ComponentError) -> Bool {
    guard task != "classification" || !file.isRegression else {
      throw .parameter(
        "'\(file.path)' says that labels are numbers to learn; set task=regression or task=auto")
    }
    return task == "regression" || file.isRegression
  }

  private static func description(
    _ table: SeriesTable, _ labels: SeriesLabels, path: String
  ) -> DatasetDescription {
    let names: [String] = if case .classes(let classes) = labels { classes } else { [] }
    var description = DatasetDescription(
      task: names.isEmpty ? .regression : .classification,
      input: Shape([table.stepCount, table.channelCount]), output: Shape([max(names.count, 1)]),
      targetWidth: 1, rowCounts: table.rowCounts)
    description.outputNames = names
    description.scaling = .standardize
    description.isSeries = true
    description.source = path
    return description
  }
}
