internal import Glibc
public import QHostRuntime

/// Whether others could change a file without being noticed.
public enum FileSafety {
  /// Checks a file and the folder it is in.
  ///
  /// - Parameter path: the file; links are followed.
  /// - Throws: kind `data`, when the file is not a regular file, when it or its folder belongs to somebody who is neither this user nor
  ///   root, or when everybody may write to them.
  public static func check(_ path: String) throws(RunError) {
    guard let resolved = realpath(path, nil) else {
      throw FileAccess.failure("cannot read '\(path)'")
    }
    let file = String(cString: resolved)
    free(resolved)
    let folder = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
    var status = stat()
    guard stat(file, &status) == 0 else { throw FileAccess.failure("cannot read '\(file)'") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw RunError(.data, "'\(file)' is not a regular file; name a plugin's file")
    }
    try check(status, "'\(file)'", isReplaceable: true)
    guard stat(folder.isEmpty ? "/" : folder, &status) == 0 else {
      throw FileAccess.failure("cannot read '\(folder)'")
    }
    // In a folder with the sticky bit, such as /tmp, users cannot replace the files of others.
    try check(
      status, "the folder '\(folder)'", isReplaceable: status.st_mode & S_ISVTX == 0)
  }

  private static func check(
    _ status: stat, _ name: String, isReplaceable: Bool
  ) throws(RunError) {
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) }
      throw RunError(
        .data,
        "\(name) belongs to another user (\(owner ?? String(status.st_uid))), who could change it; copy it to a folder of your own"
      )
    }
    guard status.st_mode & S_IWOTH == 0 || !isReplaceable else {
      throw RunError(
        .data, "\(name) can be changed by every user; take that right away with 'chmod o-w'")
    }
  }
}
