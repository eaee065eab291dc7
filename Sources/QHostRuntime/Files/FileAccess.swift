internal import Glibc

/// Whole files, read and written so that a crash or a full disk loses nothing.
public enum FileAccess {
  /// The bytes of a file.
  ///
  /// - Throws: kind `data`, with the path and the system's reason.
  public static func read(_ path: String) throws(RunError) -> [UInt8] {
    try refuseSpecial(path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot read '\(path)'") }
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    // What is there now is read into its place, and what comes after that in pieces: pipes have no size.
    var failed = false
    var bytes = [UInt8](unsafeUninitializedCapacity: max(0, Int(status.st_size))) { space, count in
      while count < space.count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(space)[count...])
        let read = Glibc.read(descriptor, rest.baseAddress, rest.count)
        failed = read < 0
        guard read > 0 else { return }
        count += read
      }
    }
    guard !failed else { throw failure("cannot read '\(path)'") }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 { throw failure("cannot read '\(path)'") }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Refuses what is not a file: a device may have no end, and a named pipe no beginning.
  ///
  /// Pipes that a shell opens for `<(...)` are read.
  private static func refuseSpecial(_ path: String) throws(RunError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw RunError(.data, "'\(path)' is a folder; name a file")
    case S_IFCHR, S_IFBLK: throw RunError(.data, "'\(path)' is a device; name a file")
    case S_IFSOCK: throw RunError(.data, "'\(path)' is a socket; name a file")
    case S_IFIFO where !isOfDescriptor(path):
      throw RunError(.data, "'\(path)' is a named pipe; name a file")
    default: break
    }
  }

  /// Whether a path names a file that a process has open, as `/dev/stdin` and `/dev/fd/63` do.
  static func isOfDescriptor(_ path: String) -> Bool {
    guard let folder = realpath(parent(of: path), nil) else { return false }
    defer { free(folder) }
    let words = String(cString: folder)
    return words.hasPrefix("/proc/") && words.hasSuffix("/fd")
      || ["/dev/stdin", "/dev/stdout", "/dev/stderr"].contains(path)
  }

  /// The folder that a path lies in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) throws(RunError) {
    var partial = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      partial += "/" + part
      if mkdir(partial, 0o755) != 0, errno != EEXIST {
        throw failure("cannot make the folder '\(partial)'")
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw RunError(.data, "'\(path)' is not a folder; name another one with --output")
    }
  }

  /// Gives a file another path, in one step.
  public static func move(_ path: String, to other: String) throws(RunError) {
    guard rename(path, other) == 0 else { throw failure("cannot move '\(path)' to '\(other)'") }
  }

  /// Removes a file; one that is not there is no error.
  public static func remove(_ path: String) throws(RunError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure("cannot remove '\(path)'") }
  }

  /// Whether there is something at a path.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether there is a folder at a path.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The bytes that a file has; 0 when there is none.
  public static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// A path from the root.
  public static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&buffer, buffer.count) != nil else { return path }
    let folder = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    return folder + "/" + path
  }

  /// A path without links; as it is when there is nothing at it.
  public static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A sentence with the system's reason for the last failure.
  public static func failure(_ what: String) -> RunError {
    let reason = String(cString: strerror(errno))
    let remedy =
      errno == ENOSPC || errno == EDQUOT || errno == EFBIG
      ? "free some space and try again" : "check the path and its permissions"
    return RunError(.data, "\(what): \(reason); \(remedy)")
  }
}
