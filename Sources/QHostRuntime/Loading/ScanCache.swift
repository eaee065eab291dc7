internal import FoundationEssentials
internal import Glibc

/// The results of scans, by the content of the files.
///
/// A file that has the size, time and inode of its last scan is taken to have the same content;
/// otherwise its SHA-256 decides.
struct ScanCache {
  private struct Stamp: Codable, Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int
    var inode: UInt64
  }

  private struct Contents: Codable {
    var version: String
    var stamps: [String: Stamp] = [:]
    var hashes: [String: String] = [:]
    var results: [String: ScanResult] = [:]
    /// When a scan was given up that took too long, in seconds since 1970, by the content of the file.
    var hangs: [String: Int] = [:]
  }

  /// How long a plugin that hangs is not tried again: a machine may have been busy.
  private static let hangSeconds = 86_400

  private let path: String
  private var contents: Contents
  private var isChanged = false

  /// Reads the cache of one version of the host; a damaged or older one is taken as empty.
  init(path: String, version: String) {
    self.path = path
    let bytes = try? FileAccess.read(path)
    let decoded = bytes.flatMap { try? JSONDecoder().decode(Contents.self, from: Data($0)) }
    contents = decoded.flatMap { $0.version == version ? $0 : nil } ?? Contents(version: version)
  }

  /// The result for a file, from the cache or from a new scan.
  mutating func result(
    for file: String, scan: (String) throws(RunError) -> ScanResult
  ) throws(RunError) -> ScanResult {
    // To open a named pipe would wait for who writes to it.
    if let reason = Self.reasonAgainst(file) { return .broken(reason: reason) }
    let stamp = Self.stamp(of: file)
    if let stamp, stamp == contents.stamps[file], let hash = contents.hashes[file],
      let result = remembered(hash)
    {
      return result
    }
    let hash: String
    do throws(RunError) {
      hash = try FileAccess.read(file).withUnsafeBytes { SHA256Digest.of($0) }
    } catch let error {
      // One file that cannot be read must not keep the others from being used.
      return .broken(reason: error.message)
    }
    isChanged = true
    contents.stamps[file] = stamp
    contents.hashes[file] = hash
    if let result = remembered(hash) { return result }
    let result = try scan(file)
    if !result.mayPass { contents.results[hash] = result }
    contents.hangs[hash] = result.isHang ? Self.now : nil
    return result
  }

  /// What is known of a content, if it still counts.
  private func remembered(_ hash: String) -> ScanResult? {
    guard let result = contents.results[hash] else { return nil }
    guard result.isHang else { return result }
    guard let since = contents.hangs[hash], (0..<Self.hangSeconds).contains(Self.now - since) else {
      return nil
    }
    return result
  }

  private static var now: Int { time(nil) }

  /// Why a file cannot be a library, whatever is in it; `nil`: it may be one.
  private static func reasonAgainst(_ file: String) -> String? {
    var status = stat()
    guard stat(file, &status) == 0 else { return nil }
    let kind =
      switch status.st_mode & S_IFMT {
      case S_IFIFO: "a named pipe"
      case S_IFSOCK: "a socket"
      case S_IFCHR, S_IFBLK: "a device"
      default: nil as String?
      }
    return kind.map { "it is \($0) and no regular file; remove it from the folder" }
  }

  /// The SHA-256 of a file that a result was asked for; `nil`: it could not be read.
  func sha256(of file: String) -> String? { contents.hashes[file] }

  /// Writes the cache, when there is something new in it.
  ///
  /// - Returns: why it could not be written.
  mutating func save() -> RunError? {
    guard isChanged else { return nil }
    let live = Set(contents.hashes.values)
    contents.results = contents.results.filter { live.contains($0.key) }
    contents.hangs = contents.hangs.filter { live.contains($0.key) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do throws(RunError) {
      guard let json = try? encoder.encode(contents) else { return nil }
      try FileAccess.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
      try FileAccess.write(Array(json), to: path)
      return nil
    } catch let error {
      return error
    }
  }

  private static func stamp(of file: String) -> Stamp? {
    var status = stat()
    guard stat(file, &status) == 0 else { return nil }
    return Stamp(
      size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec),
      nanoseconds: Int(status.st_mtim.tv_nsec), inode: UInt64(status.st_ino))
  }
}
