internal import FoundationEssentials
internal import Glibc

/// Where plugins are looked for, and what is found there.
public struct PluginSearchPath: Sendable {
  /// The folders, in order; a folder that does not exist is passed over.
  public let folders: [String]
  /// Those of them that the user has named.
  public let named: [String]

  /// The usual folders.
  ///
  /// `extra` (from `--plugins`), `QHOST_PLUGIN_PATH`, the executable's own folder,
  /// `../lib/qhost/plugins` beside it, `$XDG_DATA_HOME/qhost/plugins`.
  public init(extra: [String], environment: [String: String], executable: String) {
    let named = (environment["QHOST_PLUGIN_PATH"] ?? "").split(separator: ":").map(String.init)
    self.named = extra + named
    folders =
      extra + named + Self.ownFolders(of: executable) + [UserFolder.data(environment) + "/plugins"]
  }

  /// The folders of the plugins that came with a program: its own, and `../lib/qhost/plugins` beside it.
  public static func ownFolders(of executable: String) -> [String] {
    let folders = executable.split(separator: "/").dropLast().map { "/" + $0 }
    let own = folders.joined()
    return [own, folders.dropLast().joined() + "/lib/qhost/plugins"]
  }

  /// Just the given folders.
  public init(folders: [String]) {
    self.folders = folders
    named = []
  }

  /// The folders that the user has named and that are none.
  public func missing() -> [String] {
    named.filter { folder in
      var status = stat()
      return stat(folder, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR
    }
  }

  /// The paths of shared libraries in folders that the user has named, which are not plugins by their names.
  public func passedOver() -> [String] {
    named.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        .filter { $0.hasSuffix(".so") && !Self.isLibrary($0) }.map { folder + "/" + $0 }
    }
  }

  /// The real paths of all files named `libqhost-*.so` or `libqhost_*.so`, each once, in the order of the folders.
  ///
  /// The second form is what Rust's `cargo` makes of a crate's name.
  public func libraries() -> [String] {
    var seen: Set<String> = []
    var paths: [String] = []
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names.sorted() where Self.isLibrary(name) {
        let path = FileAccess.resolved(folder + "/" + name)
        if seen.insert(path).inserted { paths.append(path) }
      }
    }
    return paths
  }

  /// Whether a file of this name is taken for a plugin.
  public static func isLibrary(_ name: String) -> Bool {
    (name.hasPrefix("libqhost-") || name.hasPrefix("libqhost_")) && name.hasSuffix(".so")
  }
}
