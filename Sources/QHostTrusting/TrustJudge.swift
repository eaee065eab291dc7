public import QHostRuntime
internal import Synchronization

/// Judges plugins' files by a user's list, each file once.
///
/// The list is read when the first file from elsewhere is judged: who has none of them needs none.
public final class TrustJudge: Sendable {
  private let listPath: String
  private let ownFolders: [String]
  private let known = Mutex<(list: Result<TrustList, RunError>?, trusts: [String: Trust])>(
    (nil, [:]))

  /// Judges by a list.
  ///
  /// - Parameters:
  ///   - listPath: the file of the list.
  ///   - ownFolders: the folders of the plugins that came with qhost.
  public init(by listPath: String, ownFolders: [String]) {
    self.listPath = listPath
    self.ownFolders = ownFolders + ownFolders.map { FileAccess.resolved($0) }
  }

  /// Whether somebody vouches for a file; nobody does where the list cannot be read, which is then the reason.
  ///
  /// - Parameters:
  ///   - path: the plugin's file.
  ///   - plugin: what it says of itself.
  /// - Returns: who vouches for it, if anybody.
  public func trust(of path: String, _ plugin: PluginSummary) -> Trust {
    if let end = path.lastIndex(of: "/"), ownFolders.contains(String(path[..<end])) {
      return .builtIn
    }
    return known.withLock { known in
      if let trust = known.trusts[path] { return trust }
      let list = known.list ?? Result { () throws(RunError) in try TrustList(reading: listPath) }
      known.list = list
      let trust: Trust =
        switch list {
        case .success(let list): Trust(of: path, plugin, by: list, ownFolders: ownFolders)
        case .failure(let error): .none(reason: error.message)
        }
      known.trusts[path] = trust
      return trust
    }
  }
}
