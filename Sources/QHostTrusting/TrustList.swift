internal import FoundationEssentials
internal import Glibc
public import QHostRuntime

/// The plugins and keys that a user trusts: schema `qhost.trust/1`.
public struct TrustList: Codable, Sendable, Equatable {
  /// A file that is trusted by its content.
  public struct File: Codable, Sendable, Equatable {
    /// The digest of its content: 64 hexadecimal digits.
    public var sha256: String
    /// The plugin's name when it was trusted.
    public var plugin: String
    /// Its version then.
    public var version: String
    /// Where it was then.
    public var path: String

    /// Makes an entry.
    public init(sha256: String, plugin: String, version: String, path: String) {
      self.sha256 = sha256
      self.plugin = plugin
      self.version = version
      self.path = path
    }
  }

  /// A key whose signatures are trusted.
  public struct Key: Codable, Sendable, Equatable {
    /// What the user calls its owner.
    public var name: String
    /// The minisign public key: 56 letters.
    public var key: String

    /// Makes an entry.
    public init(name: String, key: String) {
      self.name = name
      self.key = key
    }
  }

  /// `qhost.trust/1`.
  public private(set) var schema = Self.schema
  /// Trusted files.
  public var files: [File] = []
  /// Trusted keys.
  public var keys: [Key] = []

  private static let schema = "qhost.trust/1"

  /// A list of nothing.
  public init() {}

  /// Where a user's list is: `.config/qhost/trust.json` in the home folder that the system's accounts name.
  ///
  /// Not `$HOME` or `$XDG_CONFIG_HOME`: what can set a variable must not be able to choose what is trusted.
  public static var userPath: String {
    let home = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) } ?? "/"
    return home + "/.config/qhost/trust.json"
  }

  /// Reads a list; a file that does not exist is a list of nothing.
  ///
  /// - Throws: kind `data`, when the file is damaged, or others could have changed it.
  public init(reading path: String) throws(RunError) {
    self.init()
    guard FileAccess.exists(path) else { return }
    try FileSafety.check(path)
    guard let list = JSONText.value(Self.self, of: try FileAccess.read(path)),
      list.schema == Self.schema,
      list.files.allSatisfy({ $0.sha256.utf8.count == 64 }),
      list.keys.allSatisfy({ MinisignKey(letters: $0.key) != nil })
    else {
      throw RunError(
        .data,
        "'\(path)' is not an intact list of trusted plugins; remove it, and trust your plugins again"
      )
    }
    self = list
  }

  /// Writes the list, which only its user may change.
  public func write(to path: String) throws(RunError) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    if path.contains("/") { try FileAccess.makeFolder(folder) }
    let former = umask(0o077)
    defer { umask(former) }
    try FileAccess.write(Array((try JSONText.of(self, indented: true) + "\n").utf8), to: path)
    guard chmod(path, 0o600) == 0 else { throw FileAccess.failure("cannot protect '\(path)'") }
  }
}
