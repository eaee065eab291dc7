internal import FoundationEssentials
public import QHostRuntime

/// Files that are to be written, and what users must know about them.
public struct Export: Sendable {
  /// A file.
  public struct File: Sendable, Equatable {
    /// Its path in the folder.
    public var path: String
    /// What it holds.
    public var bytes: [UInt8]

    /// Makes a file.
    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// What is to be written, each under its name.
  public var files: [File] = []
  /// What is left out or not as the form's readers may think, a sentence each.
  public var notes: [String] = []

  /// Makes an export of some files.
  package init(files: [File] = [], notes: [String] = []) {
    self.files = files
    self.notes = notes
  }

  /// The bytes of all files.
  public var byteCount: Int { files.reduce(0) { $0 + $1.bytes.count } }

  mutating func add(_ path: String, _ bytes: [UInt8]) {
    files.append(File(path: path, bytes: bytes))
  }

  mutating func add(_ path: String, _ text: String) { add(path, Array(text.utf8)) }

  /// Writes the files into a folder of their own.
  ///
  /// They are written beside it first, so that the folder is there with all of them or not at all.
  ///
  /// - Throws: kind `usage` when there is something at the path already, kind `data` when it cannot be
  ///   written.
  public func write(to folder: String) throws(RunError) {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    guard !FileAccess.exists(folder) else {
      throw RunError(
        .usage, "'\(folder)' is there already; remove it, or name another folder with --output")
    }
    let temporary = "\(folder).\(ProcessInfo.processInfo.processIdentifier).partial"
    do throws(RunError) {
      for file in files {
        let path = temporary + "/" + file.path
        try FileAccess.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try FileAccess.write(file.bytes, to: path)
      }
      try FileAccess.move(temporary, to: folder)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
  }
}
