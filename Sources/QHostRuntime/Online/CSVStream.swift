internal import FoundationEssentials
internal import Logging
internal import QHostInterfaces

/// Rows of delimited text as they come, from a file or from standard input.
///
/// Columns are features but for that of the label and that of the time. A cell that is empty or no finite number is a gap; an
/// empty label never comes. Lines before the first are a header.
final class CSVStream: OnlineStream {
  let dataset: any Dataset
  let name: String
  let drifts: [Drift] = []
  let rowCount: Int? = nil
  private(set) var notes = OnlineRecord.Notes()
  private(set) var fingerprint: UInt64 = 0xCBF2_9CE4_8422_2325
  private let layout: CSVStreamLayout
  private let lines: LineReader
  private let logger: Logger
  private let cancellation: Cancellation
  private let outputCount: Int
  private var classes: [String: Int] = [:]
  /// Rows that were read to find the classes, and are handed over first.
  private var first: [CSVStreamRow] = []
  private var rowsRead = 0
  private var lastTime: CSVStreamLayout.Time?
  private var hasWarned: Set<String> = []

  /// Reads the header and the first rows.
  ///
  /// - Throws: kind `data` for a table that cannot be used, `usage` for a column that it does not have.
  init(
    _ source: OnlineSource, path: String, warmupRows: Int, _ cancellation: Cancellation,
    _ logger: Logger
  ) throws(RunError) {
    name = path == "-" ? "standard input" : path
    self.logger = logger
    self.cancellation = cancellation
    lines = try LineReader(path, cancellation)
    guard case .whole(let header) = try lines.next() else {
      throw RunError(.data, "'\(path)' has no line with the names of its columns; give it one")
    }
    layout = try CSVStreamLayout(header, source, name: name)
    var found: [String] = []
    var rows: [CSVStreamRow] = []
    while rows.count < warmupRows, let row = try Self.row(lines, layout, &notes, logger) {
      if let label = row.label, !source.isRegression, !found.contains(label) { found.append(label) }
      rows.append(row)
    }
    guard source.isRegression || !found.isEmpty else {
      throw RunError(
        .data,
        "the first \(rows.count) rows of '\(name)' have no label in column '\(layout.labelName)'; give rows with "
          + "labels, or name another column with --label")
    }
    // In the order of their names, as far as they are known, so that the order of rows does not matter.
    found.sort { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    for (index, label) in found.enumerated() { classes[label] = index }
    outputCount = source.isRegression ? 1 : max(2, found.count + source.spareClasses)
    var description = DatasetDescription(
      task: source.isRegression ? .regression : .classification,
      input: Shape([layout.featureNames.count]), output: Shape([outputCount]), targetWidth: 1,
      rowCounts: [.train: max(1, rows.count)])
    description.scaling = .standardize
    description.featureNames = layout.featureNames
    if !source.isRegression {
      description.outputNames =
        found + (found.count..<outputCount).map { "spare-\($0 - found.count + 1)" }
    }
    dataset = StreamedRows(description)
    first = rows
  }

  func read(_ count: Int, into block: inout OnlineBlock) throws(RunError) {
    let wanted = block.rowCount + count
    while block.rowCount < wanted, let row = try nextRow() {
      block.inputs.append(contentsOf: row.features)
      if row.features.contains(where: { !$0.isFinite }) { block.gapRows.append(block.rowCount) }
      block.targets.append(target(row))
      block.rowCount += 1
      rowsRead += 1
    }
  }

  private func nextRow() throws(RunError) -> CSVStreamRow? {
    if first.isEmpty {
      guard let row = try Self.row(lines, layout, &notes, logger) else { return nil }
      try take(row)
      return row
    }
    let row = first.removeFirst()
    try take(row)
    return row
  }

  /// Notes what tells the row from others, and its time.
  private func take(_ row: CSVStreamRow) throws(RunError) {
    for byte in row.bytes { fingerprint = (fingerprint ^ UInt64(byte)) &* 0x100_0000_01B3 }
    guard let time = row.time else { return }
    defer { lastTime = time }
    guard let lastTime, !(lastTime < time) else { return }
    let repeats = !(time < lastTime)
    if repeats { notes.timesRepeated += 1 } else { notes.timesBackwards += 1 }
    let what = repeats ? "repeats the one before" : "goes backwards"
    guard !layout.refusesIrregularTimes else {
      throw RunError(
        .data,
        "'\(name)', line \(row.line): the time '\(time.text)' \(what); sort the rows, or leave --refuse-irregular out"
      )
    }
    warn(
      what,
      "'\(name)', line \(row.line): the time '\(time.text)' \(what); rows are taken as they come")
  }

  private func target(_ row: CSVStreamRow) -> Float {
    if layout.isRegression { return row.number ?? .nan }
    guard let label = row.label else { return .nan }
    if let index = classes[label] { return Float(index) }
    guard classes.count < outputCount else {
      notes.rowsOfUnknownClass += 1
      warn(
        "unknown",
        "'\(name)', line \(row.line): class '\(label)' is new, and no output is left for it: its rows count as errors, "
          + "and are not learned from; give more --spare-classes")
      return -1
    }
    let index = classes.count
    classes[label] = index
    notes.newClasses[label] = rowsRead
    logger.notice(
      "'\(name)', line \(row.line): class '\(label)' is new, and takes output \(index + 1)")
    return Float(index)
  }

  private func warn(_ kind: String, _ message: String) {
    guard hasWarned.insert(kind).inserted else { return }
    logger.warning("\(message)")
  }

  func skip(to row: Int, fingerprint: UInt64) throws(RunError) {
    while rowsRead < row {
      guard let next = try nextRow() else {
        throw RunError(
          .data,
          "'\(name)' ended after \(rowsRead) rows, and the run had come to row \(row); give the whole stream again, from "
            + "its beginning")
      }
      _ = target(next)
      rowsRead += 1
    }
    guard self.fingerprint == fingerprint else {
      throw RunError(
        .data,
        "the first \(row) rows of '\(name)' are not those that the run began with; give the same stream again, from its "
          + "beginning")
    }
  }
}

extension CSVStream {
  /// The next row of text; `nil` at the end, or when the user asked to stop.
  private static func row(
    _ lines: LineReader, _ layout: CSVStreamLayout, _ notes: inout OnlineRecord.Notes,
    _ logger: Logger
  ) throws(RunError) -> CSVStreamRow? {
    while true {
      switch try lines.next() {
      case .whole(let bytes):
        if bytes.isEmpty { continue }
        return try layout.row(bytes, line: lines.number)
      case .torn:
        notes.endedWithinLine = lines.number + 1
        logger.warning(
          "'\(layout.name)' ended within line \(lines.number + 1), which is left out: its last field may be cut off; end the line if it is whole"
        )
        return nil
      case .end, .cancelled: return nil
      }
    }
  }
}
