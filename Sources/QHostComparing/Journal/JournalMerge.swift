public import QHostRuntime

/// Journals of the parts of one comparison, put together: the header, then the cells in order.
///
/// But for timings, and the machine in the header, it is the journal of the whole comparison.
public struct JournalMerge: Sendable {
  /// The header of the whole.
  public private(set) var header: JournalHeader
  /// How cells ended.
  public private(set) var entries: [Int: JournalContents.Entry] = [:]
  /// What users should know: cut lines, cells that differ between journals.
  public private(set) var notes: [String] = []
  /// The journals.
  public private(set) var sources: [JournalSource] = []
  private var lines: [Int: [UInt8]] = [:]

  /// Puts journals together.
  ///
  /// A cell that is in several counts once: a result before a failure, else the first.
  ///
  /// - Throws: kind `usage` when they are of different plans or versions, kind `data` when one is
  ///   damaged.
  public init(_ paths: [String]) throws(RunError) {
    try self.init(
      try paths.map { (path) throws(RunError) in try JournalContents(reading: path) },
      remedy: "merge journals of one plan only")
  }

  /// Puts journals together that were read.
  ///
  /// - Parameters:
  ///   - journals: the journals.
  ///   - remedy: what to do about those that do not fit, for messages.
  /// - Throws: kind `usage` when they are of different plans or versions, or there are none.
  init(_ journals: [JournalContents], remedy: String) throws(RunError) {
    guard let first = journals.first else {
      throw RunError(.usage, "there is nothing to merge; name the folders of the shards")
    }
    header = first.header
    header.shard = .whole
    header.schema = JournalHeader.currentSchema
    add(first)
    for further in journals.dropFirst() {
      try further.header.check(
        first.header, path: further.path, here: "there", there: "in '\(first.path)'",
        remedy: remedy)
      for plugin in further.header.changedPlugins(from: header) {
        notes.append(Self.note(ofPlugin: plugin, further.path, first.path))
      }
      add(further)
      for data in further.header.datasets where !header.datasets.contains(data) {
        header.datasets.append(data)
      }
    }
  }

  /// What is said of a plugin that two journals have other builds of.
  static func note(ofPlugin plugin: String, _ path: String, _ first: String) -> String {
    "plugin '\(plugin)' of '\(path)' is another build than that of '\(first)'; their results may "
      + "differ"
  }

  /// The numbers of the cells that can be done and are in no journal.
  public var missing: [Int] {
    let skipped = Set(header.skipped.map(\.labels))
    let width = max(header.combinations.count, 1)
    return (1...max(header.cells, 1)).filter {
      entries[$0] == nil && !skipped.contains(header.combinations[($0 - 1) % width])
    }
  }

  /// Writes the journal in one step.
  ///
  /// - Throws: kind `usage` when there is one, kind `data` when it cannot be written.
  public func write(to path: String) throws(RunError) {
    guard !FileAccess.exists(path) else { throw Journal.alreadyThere(path) }
    var bytes = Array(try JSONText.of(header).utf8) + [0x0A]
    for (_, line) in lines.sorted(by: { $0.key < $1.key }) { bytes += line + [0x0A] }
    try FileAccess.write(bytes, to: path)
  }

  private mutating func add(_ contents: JournalContents) {
    sources.append(JournalSource(contents))
    if contents.isCut {
      notes.append("the last line of '\(contents.path)' is cut off; its cell is missing")
    }
    for (cell, entry) in contents.entries.sorted(by: { $0.key < $1.key }) {
      switch (entries[cell], entry) {
      case (nil, _), (.failed, .finished):
        entries[cell] = entry
        lines[cell] = contents.line(of: cell)
      case (.finished(let one), .finished(let other))
      where one.withoutTimings != other.withoutTimings:
        notes.append(
          "cell \(cell) has another result in '\(contents.path)'; the first one is kept")
      case (.some, _): break
      }
    }
  }
}
