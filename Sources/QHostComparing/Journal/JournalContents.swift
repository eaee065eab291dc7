internal import Glibc
public import QHostRuntime

/// A journal that was read.
public struct JournalContents: Sendable {
  /// How a cell ended.
  public enum Entry: Sendable, Equatable {
    /// It has a result.
    case finished(CellResult)
    /// It has failed.
    case failed(FailureRecord)
  }

  /// The name of a journal's file in its folder.
  public static let fileName = "journal.jsonl"

  /// The file.
  public let path: String
  /// Its first line.
  public let header: JournalHeader
  /// How cells ended, by their numbers; of a cell that was done again, the last time.
  public private(set) var entries: [Int: Entry] = [:]
  /// What is said of the processes that continued with it or ended, in order.
  public private(set) var sessions: [JournalSession] = []
  /// The file's bytes.
  private let text: [UInt8]
  /// Where the lines are that cells are from.
  private var lines: [Int: Range<Int>] = [:]
  /// Bytes of the file when it was read.
  let byteCount: Int
  /// Bytes up to the end of the last whole line.
  let wholeByteCount: Int
  /// Whole lines.
  let lineCount: Int
  /// Whether the last line is cut off: whoever wrote it was ended in its midst.
  public let isCut: Bool

  /// The journal of a folder, or a journal's file.
  public static func path(in place: String) -> String {
    let inside = place + "/" + fileName
    return FileAccess.exists(inside) || !place.hasSuffix(".jsonl") ? inside : place
  }

  /// Takes what this process has just written, so that it need not be read.
  init(
    writtenTo path: String, _ header: JournalHeader, _ entries: [Int: Entry],
    _ sessions: [JournalSession]
  ) {
    self.path = path
    self.header = header
    self.entries = entries
    self.sessions = sessions
    text = []
    byteCount = 0
    wholeByteCount = 0
    lineCount = 0
    isCut = false
  }

  /// Reads a journal; one that is being written may be read at any time.
  ///
  /// - Throws: kind `data`, with file and line, when it is none, of another version or damaged.
  public init(reading path: String) throws(RunError) { try self.init(reading: path, .whole) }

  /// Reads a journal with the last improvement of each run alone, which is faster.
  ///
  /// - Throws: as ``init(reading:)``.
  public init(skimming path: String) throws(RunError) { try self.init(reading: path, .last) }

  private init(reading path: String, _ part: ImprovementsText.Part) throws(RunError) {
    text = try FileAccess.read(path)
    self.path = path
    let ranges = Self.lineRanges(text)
    byteCount = text.count
    wholeByteCount = ranges.last.map { $0.upperBound + 1 } ?? 0
    lineCount = ranges.count
    isCut = wholeByteCount < byteCount
    guard let first = ranges.first else {
      throw RunError(.data, "'\(path)' is empty or has no whole line; remove it, and start again")
    }
    header = try Self.header(Array(text[first]), path)
    let rest = Array(ranges.dropFirst())
    for (place, record) in Self.records(text, rest, part).enumerated() where !rest[place].isEmpty {
      if let cell = try take(record, at: place + 2) { lines[cell] = rest[place] }
    }
  }

  /// The line that a cell is from; `nil` when it is from none that was read.
  func line(of cell: Int) -> [UInt8]? { lines[cell].map { Array(text[$0]) } }

  /// Where whole lines are, without their ends.
  private static func lineRanges(_ text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBufferPointer { bytes in
      var ranges: [Range<Int>] = []
      var start = 0
      while let base = bytes.baseAddress,
        let end = memchr(base + start, 0x0A, bytes.count - start)
      {
        let place = base.distance(to: end.assumingMemoryBound(to: UInt8.self))
        ranges.append(start..<place)
        start = place + 1
      }
      return ranges
    }
  }

  /// A line, as far as it must be known before it can be read.
  private struct Kind: Decodable {
    var record: String?
    var schema: String?
  }

  private static func header(_ line: [UInt8], _ path: String) throws(RunError) -> JournalHeader {
    let kind: Kind? = JSONText.value(of: line)
    guard let kind, kind.record == "header", let schema = kind.schema else {
      throw RunError(
        .data,
        "'\(path)', line 1 is not a header of a journal; name the folder that 'qhost compare' wrote"
      )
    }
    guard JournalHeader.readSchemas.contains(schema) else {
      throw RunError(
        .data,
        "'\(path)' is of the form '\(schema)', this qhost reads "
          + "'\(JournalHeader.readSchemas.joined(separator: "', '"))'; use the qhost that wrote it, or "
          + "compare again")
    }
    guard let header: JournalHeader = JSONText.value(of: line) else {
      throw RunError(.data, "'\(path)', line 1 is damaged; compare again in another folder")
    }
    let count = header.combinations.count.multipliedReportingOverflow(by: header.plan.seeds.count)
    guard !count.overflow, (0...count.partialValue).contains(header.cells) else {
      throw RunError(
        .data,
        "'\(path)', line 1 is damaged: it says \(header.cells) cells, and has \(header.combinations.count) "
          + "combinations and \(header.plan.seeds.count) seeds; use another copy, or compare again")
    }
    guard try header.plan.hash() == header.planHash else {
      throw RunError(
        .data,
        "'\(path)', line 1: the plan was changed by hand, it no longer has the hash beside it; "
          + "undo that, or compare again in another folder")
    }
    return header
  }

  /// What lines are, read by as many threads as pay: most of a report's time goes here.
  private static func records(
    _ text: [UInt8], _ lines: [Range<Int>], _ part: ImprovementsText.Part
  ) -> [JournalLine?] {
    let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let pool = WorkerPool(threadCount: min(processors, lines.count / 32))
    var records = [JournalLine?](repeating: nil, count: lines.count)
    text.withUnsafeBufferPointer { bytes in
      records.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let (bytes, records) = (bytes, buffer)
        pool.parallelFor(lines.count) { place in
          records[place] = JournalLine.read(
            UnsafeBufferPointer(rebasing: bytes[lines[place]]), part)
        }
      }
    }
    return records
  }

  /// Takes what a line after the header is.
  ///
  /// - Returns: the cell that it is of, if any.
  /// - Throws: kind `data` when it is damaged.
  @discardableResult
  mutating func take(_ record: JournalLine?, at number: Int) throws(RunError) -> Int? {
    switch record {
    case .cell(let result):
      if let what = result.impossibility(in: header) { throw damaged(number, what) }
      entries[result.cell] = .finished(result)
      return result.cell
    case .failure(let failure):
      guard header.holds(failure.cell) else {
        throw damaged(number, "the plan has no cell \(failure.cell)")
      }
      entries[failure.cell] = .failed(failure)
      return failure.cell
    case .session(let session): sessions.append(session)
    case .unknown: break
    case nil: throw damaged(number, nil)
    }
    return nil
  }

  private func damaged(_ line: Int, _ what: String?) -> RunError {
    RunError(
      .data,
      "'\(path)', line \(line) is damaged\(what.map { ": \($0)" } ?? ""); remove that line, and its "
        + "cell is done again with --resume")
  }

  /// The cell of a line; `nil` when it is none.
  package static func result(of line: [UInt8]) -> CellResult? { JSONText.value(of: line) }
}
