import QHostDatasets
public import QHostInterfaces

/// A table of the user's own: a text file of delimited fields, one row a line.
public final class CSV: DatasetComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "csv", summary: "Your own table: a CSV file, one row a line.",
    source: "Y. Shafranovich, RFC 4180, 2005.",
    parameters: [
      .path("path", default: nil, "The file; may be gzip."),
      .text(
        "target", default: "",
        "The column to learn, by name or by number from 1; empty: the last one."),
      .choice(
        "delimiter", default: "auto",
        of: [
          .init("auto", "The one that gives all rows the same number of fields."),
          .init("comma", "Fields are separated by ','."),
          .init("semicolon", "Fields are separated by ';'."),
          .init("tab", "Fields are separated by tabulators."),
          .init("bar", "Fields are separated by '|'."),
          .init("space", "Fields are separated by one or more spaces or tabulators."),
        ], "What separates fields."),
      .choice(
        "header", default: "auto",
        of: [
          .init("auto", "If no field is a number, or one heads a column of numbers."),
          .init("yes", "The first line names the columns."),
          .init("no", "The first line is a row."),
        ], "Whether the first line names the columns."),
      .choice(
        "task", default: "auto",
        of: [
          .init("auto", "Classes if the target is text or has at most 20 integer values."),
          .init("classification", "The target is a class."),
          .init("regression", "The target is a number."),
        ], "What the target is taken as."),
      .text(
        "ignore", default: "",
        "Columns to leave out, by name or by number from 1, separated by commas."),
      .text(
        "time", default: "",
        "The column of times, by name or by number from 1, which is not a feature: rows must be in its order, and the first "
          + "ones are trained with, the last ones tested; empty: none."),
      .choice(
        "decimal", default: "auto",
        of: [
          .init("auto", "What the numbers show."),
          .init("point", "Numbers have decimal points; commas group thousands."),
          .init("comma", "Numbers have decimal commas; points group thousands."),
        ], "The decimal sign of numbers."),
      .choice(
        "encoding", default: "utf-8",
        of: [
          .init("utf-8", "UTF-8, and nothing else."),
          .init("latin-1", "Latin-1 as Windows has it (Windows-1252)."),
        ], "How letters outside ASCII are written."),
      .choice(
        "rows", default: "split",
        of: [
          .init("split", "Rows are split at random."),
          .init(
            "all", "All rows in the file's order, as the training split; targets may be missing."),
          .init("unlabelled", "The same, without the target's column."),
        ], "Which rows; qhost eval and qhost predict set it."),
      .text(
        "columns", default: "",
        "The features in a trained model's order, one a line; qhost eval and qhost predict set it."),
    ] + SplitParameters.declared(testFraction: 0.2))

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let table: SampleTable

  /// Reads, checks and splits the file.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let split = try SplitParameters(configuration)
    let path = try Self.locate(configuration.text("path"), request.host)
    let host = request.host
    let start = ProcessorTime.seconds()
    let bytes = try FileBytes.read(path, remedy: "give a readable file in path") {
      host.progress(0.3 * $0, "reading '\(path)'")
    }
    let sheet = try CSVTable(bytes, path: path, form: Self.form(configuration)) {
      host.progress(0.3 + 0.7 * $0, "reading '\(path)'")
    }
    if let column = try sheet.timeColumn(configuration),
      let note = try CSVTime(sheet, column: column).note
    {
      host.log(.info, note)
    }
    let seconds = (1e3 * (ProcessorTime.seconds() - start)).rounded() / 1e3
    host.log(
      .debug,
      "'\(path)' read in \(seconds) s of processor time: \(sheet.rowCount) rows, \(sheet.names.count) columns"
    )
    let kind = CSVTarget.Kind(rawValue: configuration.choice("task")) ?? .auto
    guard configuration.choice("rows") == "split" else {
      let rows = try CSVModelRows(sheet, configuration, kind)
      (table, datasetDescription) = (rows.table, rows.description)
      if !rows.isInOrder {
        host.log(
          .info,
          "'\(path)': the columns are in another order than the model's, and go by their names")
      }
      return
    }
    let (target, columns) = try Self.columns(of: sheet, configuration)
    let texts = sheet.texts(([target] + columns).filter { sheet.firstText($0) != nil })
    let targets = try CSVTarget(
      try CSVColumn(sheet, column: target, texts[target], isTarget: true), of: sheet,
      column: target, kind: kind)
    let features = try CSVFeatures(sheet, columns: columns, texts: texts)
    if let note = RowNumbers.note(on: sheet, features, columns) { host.log(.info, note) }
    let isOrdered = try sheet.timeColumn(configuration) != nil
    let partition = try Self.partition(sheet, targets, split, isOrdered: isOrdered)
    table = SampleTable(
      inputs: features.values, targets: targets.values, featureCount: features.names.count,
      partition: partition)
    datasetDescription = Self.description(
      targets, features, partition, target: sheet.names[target], path: path)
  }

  /// Writes the features [B × F] and targets [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    table.read(split, rows: rows, inputs: inputs, targets: targets)
  }

  private static func form(_ configuration: Configuration) -> CSVTable.Form {
    var form = CSVTable.Form()
    form.delimiter = CSVDelimiter(rawValue: configuration.choice("delimiter"))
    form.decimal = CSVDecimal(rawValue: configuration.choice("decimal"))
    form.leastColumns = configuration.choice("rows") == "unlabelled" ? 1 : 2
    form.isLatin1 = configuration.choice("encoding") == "latin-1"
    switch configuration.choice("header") {
    case "yes": form.hasHeader = true
    case "no": form.hasHeader = false
    default: break
    }
    return form
  }

  /// The path as it is, or else within the data folders.
  private static func locate(
    _ path: String, _ host: any HostServices
  ) throws(ComponentError) -> String {
    guard !path.isEmpty else { throw .parameter("path is empty; set path to a CSV file") }
    let path = FileBytes.expanded(path)
    if FileBytes.exists(path) { return path }
    do {
      return try host.locateData(path)
    } catch {
      throw .data(
        "'\(path)' does not exist, neither from the current folder nor in the data folders; set "
          + "path to a CSV file")
    }
  }

  private static func columns(
    of sheet: CSVTable, _ configuration: Configuration
  ) throws(ComponentError) -> (target: Int, features: [Int]) {
    let ignored = try sheet.ignored(configuration)
    let given = configuration.text("target")
    let time = try sheet.timeColumn(configuration)
    let target =
      given.isEmpty
      ? sheet.names.indices.last { $0 != time } ?? 0
      : try sheet.column(given, parameter: "target")
    guard !ignored.contains(target) else {
      throw .parameter(
        "ignore names the target column '\(sheet.names[target])'; leave it out, or set target to "
          + "another column")
    }
    let features = sheet.names.indices.filter { $0 != target && !ignored.contains($0) }
    guard !features.isEmpty else {
      throw .parameter(
        "ignore names all columns of '\(sheet.path)' but the target; leave at least one feature")
    }
    return (target, features)
  }

  private static func partition(
    _ sheet: CSVTable, _ target: CSVTarget, _ split: SplitParameters, isOrdered: Bool
  ) throws(ComponentError) -> Partition {
    let partition =
      switch target {
      case _ where isOrdered: Partition(ordered: sheet.rowCount, parameters: split)
      case .classes(let classes, let names):
        Partition(strata: classes, stratumCount: names.count, parameters: split)
      case .numbers(let numbers):
        Partition(
          strata: Array(repeating: 0, count: numbers.count), stratumCount: 1, parameters: split)
      }
    for (name, fraction, part) in [
      ("test_fraction", split.testFraction, Split.test),
      ("validation_fraction", split.validationFraction, Split.validation),
    ] where fraction > 0 && partition.rows(part).isEmpty {
      throw .data(
        "'\(sheet.path)' has \(sheet.rowCount) rows, too few to split; add rows, or set \(name)=0")
    }
    return partition
  }

  private static func description(
    _ target: CSVTarget, _ features: CSVFeatures, _ partition: Partition, target name: String,
    path: String
  ) -> DatasetDescription {
    var description: DatasetDescription
    switch target {
    case .classes(_, let names):
      description = DatasetDescription(
        task: .classification, input: Shape([features.names.count]), output: Shape([names.count]),
        targetWidth: 1, rowCounts: partition.counts)
      description.outputNames = names
    case .numbers:
      description = DatasetDescription(
        task: .regression, input: Shape([features.names.count]), output: Shape([1]),
        targetWidth: 1, rowCounts: partition.counts)
      description.outputNames = [name]
    }
    description.scaling = .standardize
    description.featureNames = features.names
    description.source = path
    return description
  }
}

extension CSVTarget {
  /// The targets as a table keeps them, [N].
  fileprivate var values: [Float] {
    switch self {
    case .classes(let classes, _): classes.map(Float.init)
    case .numbers(let numbers): numbers.map(Float.init)
    }
  }
}
