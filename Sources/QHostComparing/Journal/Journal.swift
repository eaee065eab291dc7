internal import FoundationEssentials
internal import Glibc
public import QHostRuntime

/// A journal that is being written: lines of JSON that are only ever appended.
///
/// The file is synchronised after each line, so that whatever ends the process takes at most the line
/// that was being written.
final class Journal {
  private let path: String
  private let descriptor: Int32
  /// Whether it is gone as soon as it is there.
  private let isTrial: Bool

  /// Begins a journal with its header.
  ///
  /// - Throws: kind `usage` when there is one already.
  init(_ header: JournalHeader, at path: String) throws(RunError) {
    self.path = path
    isTrial = false
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw Self.alreadyThere(path) }
      throw FileAccess.failure("cannot write '\(path)'")
    }
    try lock()
    try append(header)
  }

  /// Continues with a journal; a last line that is cut off is removed.
  init(resuming contents: JournalContents) throws(RunError) {
    path = contents.path
    isTrial = false
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileAccess.failure("cannot write '\(path)'") }
    try lock()
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size == off_t(contents.byteCount) else {
      throw RunError(.data, "'\(path)' has changed while it was read; try again")
    }
    guard ftruncate(descriptor, off_t(contents.wholeByteCount)) == 0 else {
      throw FileAccess.failure("cannot write '\(path)'")
    }
  }

  /// Begins one that nobody will read, to see what it takes to write: it is gone as soon as it is there.
  ///
  /// - Parameter folder: where a journal would be; while it is not there, the folder above it.
  /// - Throws: kind `data` when nothing can be written there.
  init(trialIn folder: String) throws(RunError) {
    var place = folder
    while !FileAccess.exists(place.isEmpty ? "/" : place) {
      place = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? "."
    }
    path = "\(place)/.qhost-trial.\(getpid())"
    isTrial = true
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileAccess.failure("cannot write into '\(place)/'") }
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// What is said of a folder that has a journal.
  static func alreadyThere(_ path: String) -> RunError {
    RunError(
      .usage,
      "'\(path)' is there already; continue with it by --resume, or name another folder with --output"
    )
  }

  /// Appends a record.
  func append(_ record: some Encodable) throws(RunError) {
    try append(line: Array(try JSONText.of(record).utf8))
  }

  /// Appends a line and waits until it is on the disk.
  ///
  /// - Throws: kind `data` when it cannot be written, or the file was removed.
  func append(line: [UInt8]) throws(RunError) {
    try LineWriter(descriptor).write(line + [0x0A], to: path)
    guard fdatasync(descriptor) == 0 else { throw FileAccess.failure("cannot write '\(path)'") }
    var status = stat()
    guard isTrial || (fstat(descriptor, &status) == 0 && status.st_nlink > 0) else {
      throw RunError(
        .data,
        "'\(path)' was removed while the comparison wrote it, and its cells are lost; compare again in a "
          + "folder that stays")
    }
  }

  private func lock() throws(RunError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw Self.inUse(path) }
  }

  fileprivate static func inUse(_ path: String) -> RunError {
    RunError(.usage, "another qhost is writing '\(path)'; wait for it, or name another folder")
  }
}

extension JournalContents {
  /// Refuses a journal that another process is writing.
  ///
  /// - Throws: kind `usage`.
  public static func checkUnused(_ path: String) throws(RunError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileAccess.failure("cannot read '\(path)'") }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { throw Journal.inUse(path) }
  }

  /// Whether another process is writing a journal.
  public static func isInUse(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }
}

/// The present time.
enum Timestamp {
  /// By ISO 8601, for example `2026-01-31T12:00:00Z`.
  static func now() -> String { Date().formatted(.iso8601) }
}
