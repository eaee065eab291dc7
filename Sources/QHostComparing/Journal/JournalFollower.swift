internal import Glibc
package import QHostRuntime

/// A journal that is read again and again while somebody writes it: what was read once is not read twice.
package struct JournalFollower: Sendable {
  /// How much of each run is kept.
  package enum Detail: Sendable {
    /// All improvements.
    case whole
    /// The last one.
    case last
  }

  /// The file.
  package let path: String
  /// How much is kept.
  package let detail: Detail
  /// What it held when it was read last.
  package private(set) var contents: JournalContents
  /// Bytes that were read, up to the end of a line.
  private var byteCount: Int
  private var lineCount: Int
  private var identity: UInt

  /// Reads a journal for the first time.
  ///
  /// - Throws: kind `data`, as ``JournalContents``.
  package init(_ path: String, _ detail: Detail) throws(RunError) {
    self.path = path
    self.detail = detail
    identity = Self.identity(of: path)
    let read =
      detail == .whole
      ? try JournalContents(reading: path) : try JournalContents(skimming: path)
    byteCount = read.wholeByteCount
    lineCount = read.lineCount
    // Without the file's bytes.
    contents = JournalContents(writtenTo: path, read.header, read.entries, read.sessions)
  }

  /// Reads what was added.
  ///
  /// - Returns: whether there was something; a file that was replaced or is shorter is read again.
  /// - Throws: kind `data`, with the line, when it is damaged.
  package mutating func update() throws(RunError) -> Bool {
    let size = FileAccess.size(path)
    guard size >= byteCount, Self.identity(of: path) == identity else {
      self = try JournalFollower(path, detail)
      return true
    }
    guard size > byteCount else { return false }
    let added = try bytes(size - byteCount)
    guard let end = added.lastIndex(of: 0x0A) else { return false }
    for line in added[..<end].split(separator: 0x0A, omittingEmptySubsequences: false) {
      lineCount += 1
      let record = line.withUnsafeBufferPointer {
        JournalLine.read($0, detail == .whole ? .whole : .last)
      }
      if !line.isEmpty { try contents.take(record, at: lineCount) }
    }
    byteCount += end + 1
    return true
  }

  private func bytes(_ count: Int) throws(RunError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileAccess.failure("cannot read '\(path)'") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(descriptor, &bytes, count, off_t(byteCount))
    guard read >= 0 else { throw FileAccess.failure("cannot read '\(path)'") }
    return Array(bytes.prefix(read))
  }

  /// What tells a file from another one of the same path.
  private static func identity(of path: String) -> UInt {
    var status = stat()
    return stat(path, &status) == 0 ? UInt(status.st_ino) : 0
  }
}
