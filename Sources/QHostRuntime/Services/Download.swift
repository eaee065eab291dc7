public import QHostInterfaces

/// A file that is fetched by curl, checked, and only then put in its place.
public struct Download {
  private static let timeoutSeconds = 3_600.0
  private let resource: Resource

  /// Prepares to fetch a file.
  public init(_ resource: Resource) { self.resource = resource }

  /// Fetches the file.
  ///
  /// - Throws: kind `data` when it cannot be fetched, or is not the file that was meant.
  public func save(in folder: String, showsProgress: Bool) throws(RunError) {
    let path = folder + "/" + resource.path
    try FileAccess.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    let partial = path + ".partial"
    let child = try ChildProcess(
      running: "curl",
      ["--fail", "--location", showsProgress ? "--progress-bar" : "--silent", "--show-error"]
        + ["--output", partial, resource.url],
      timeoutSeconds: Self.timeoutSeconds, sharesError: showsProgress)
    guard child.ending == .exited(0) else {
      try FileAccess.remove(partial)
      throw RunError(
        .data,
        "'\(resource.url)' cannot be fetched\(Self.reason(child.ending)); check the network, "
          + "or put the file at '\(path)'")
    }
    let digest = try FileAccess.read(partial).withUnsafeBytes { SHA256Digest.of($0) }
    guard digest == resource.sha256 else {
      try FileAccess.remove(partial)
      throw RunError(
        .data,
        "'\(resource.url)' has SHA-256 \(digest) instead of \(resource.sha256), so it was not kept; "
          + "put the right file at '\(path)'")
    }
    try FileAccess.move(partial, to: path)
  }

  /// What curl's exit code says, as far as it helps.
  private static func reason(_ ending: ChildProcess.Ending) -> String {
    switch ending {
    case .exited(5), .exited(6): ": the host's name is not known"
    case .exited(7): ": the host cannot be reached"
    case .exited(22): ": the server has no such file"
    case .exited(23): ": the disk is full"
    case .exited(28), .timedOut: ": it takes too long"
    case .exited(35), .exited(60): ": the connection is not safe"
    case .exited(37): ": there is no such file"
    case .exited(let code): " (curl ended with code \(code))"
    case .signalled(let number): " (curl was ended by signal \(number))"
    }
  }
}

extension DataFolders {
  /// Whether a file is there, as it is fetched or unpacked.
  public func holds(_ resource: Resource) -> Bool {
    let unpacked =
      resource.path.hasSuffix(".gz") ? String(resource.path.dropLast(3)) : resource.path
    return folders.contains {
      FileAccess.exists($0 + "/" + resource.path) || FileAccess.exists($0 + "/" + unpacked)
    }
  }
}
