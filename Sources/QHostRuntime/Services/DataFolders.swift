internal import FoundationEssentials
public import QHostInterfaces

/// The folders in which data files are looked for.
public struct DataFolders: Sendable {
  /// The folders, in order.
  public let folders: [String]
  /// The folder that fetched files go to.
  public let fetched: String

  /// The folders that an environment names: `QHOST_DATA`, then `$XDG_DATA_HOME/qhost/data`.
  public init(environment: [String: String]) {
    fetched = UserFolder.data(environment) + "/data"
    let named = (environment["QHOST_DATA"] ?? "").split(separator: ":").map(String.init)
    folders = named + [fetched]
  }

  /// The path of a data file.
  ///
  /// - Throws: an error of kind `data` that lists the folders.
  public func locate(_ relativePath: String) throws(ComponentError) -> String {
    for folder in folders {
      let path = folder + "/" + relativePath
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw .data(
      "data file '\(relativePath)' is in none of \(folders.joined(separator: ", ")); "
        + "set QHOST_DATA to the folder that has it")
  }
}

/// The user's own folders, by the XDG base directory specification.
public enum UserFolder {
  /// Where data and plugins are kept.
  public static func data(_ environment: [String: String]) -> String {
    folder("XDG_DATA_HOME", ".local/share", environment)
  }

  /// Where what can be made again is kept.
  public static func cache(_ environment: [String: String]) -> String {
    folder("XDG_CACHE_HOME", ".cache", environment)
  }

  /// Where runs are kept for which the user named no folder.
  public static func state(_ environment: [String: String]) -> String {
    folder("XDG_STATE_HOME", ".local/state", environment)
  }

  private static func folder(
    _ variable: String, _ standard: String, _ environment: [String: String]
  ) -> String {
    if let set = environment[variable], set.hasPrefix("/") { return set + "/qhost" }
    return (environment["HOME"] ?? "/tmp") + "/" + standard + "/qhost"
  }
}
