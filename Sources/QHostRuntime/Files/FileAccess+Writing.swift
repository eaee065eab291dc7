internal import Glibc

extension FileAccess {
  /// Puts bytes into a file in one step: the file holds either the old or the new bytes.
  ///
  /// A link stays, and the file that it leads to is written; a file keeps its mode. What is not a file, such as a device or
  /// a pipe, is written into.
  ///
  /// - Throws: kind `data`, with the path and the system's reason; the old file is still there.
  public static func write(_ bytes: [UInt8], to path: String) throws(RunError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let isFile = status.st_mode & S_IFMT == S_IFREG
    guard !exists || (isFile && !isOfDescriptor(path)) else {
      return try writeThrough(bytes, to: path)
    }
    let target = try linked(path)
    let temporary = partial(target)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("cannot write '\(path)'") }
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
    guard put(bytes, into: descriptor, isSynchronised: true), rename(temporary, target) == 0 else {
      let error = errno
      unlink(temporary)
      errno = error
      throw failure("cannot write '\(path)'")
    }
  }

  /// Writes bytes without waiting until they are on the disk: for what nobody misses after a power cut.
  ///
  /// - Throws: kind `data`, with the path and the system's reason.
  public static func write(unsynchronised bytes: [UInt8], to path: String) throws(RunError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0, put(bytes, into: descriptor, isSynchronised: false) else {
      throw failure("cannot write '\(path)'")
    }
  }

  /// Writes bytes into what is not a file.
  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(RunError) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0, put(bytes, into: descriptor, isSynchronised: false) else {
      throw failure("cannot write '\(path)'")
    }
  }

  /// Writes bytes and closes; `errno` says what failed.
  private static func put(_ bytes: [UInt8], into descriptor: Int32, isSynchronised: Bool) -> Bool {
    var written = 0
    var isWritten = true
    while written < bytes.count && isWritten {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      isWritten = count > 0
      written += max(count, 0)
    }
    if isSynchronised { isWritten = isWritten && fsync(descriptor) == 0 }
    let error = errno
    // Some file systems tell of a full disk at the end alone.
    let isClosed = close(descriptor) == 0
    if !isWritten { errno = error }
    return isWritten && isClosed
  }

  /// The file that a path leads to over links, which need not be there.
  private static func linked(_ path: String) throws(RunError) -> String {
    var target = path
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(target, &buffer, buffer.count - 1)
      guard count > 0 else { return target }
      let text = buffer.withUnsafeBufferPointer {
        $0.baseAddress.map { String(cString: $0) } ?? ""
      }
      target = text.hasPrefix("/") ? text : parent(of: target) + "/" + text
    }
    errno = ELOOP
    throw failure("cannot write '\(path)'")
  }

  /// The name of a file while it is written, beside it.
  private static func partial(_ path: String) -> String {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    // A name may have 255 bytes.
    return name.utf8.count < 220
      ? "\(path).\(getpid()).partial" : "\(parent(of: path))/.\(getpid()).partial"
  }
}
