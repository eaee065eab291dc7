public import QHostRuntime

/// Whether a plugin's file is trusted, and why.
public enum Trust: Sendable, Equatable {
  /// It came with qhost.
  case builtIn
  /// The user trusts this content.
  case content
  /// A key that the user trusts has signed it.
  case key(name: String)
  /// Nobody vouches for it, and why a signature beside it does not count, if there is one.
  case none(reason: String?)

  /// Whether somebody vouches for it.
  public var isGiven: Bool {
    if case .none = self { false } else { true }
  }

  /// Judges a file.
  ///
  /// The content is read and hashed again, since a file can be given the size and time of another one.
  ///
  /// - Parameters:
  ///   - path: the plugin's file.
  ///   - plugin: what it says of itself.
  ///   - list: what the user trusts.
  ///   - ownFolders: the folders of the plugins that came with qhost.
  public init(of path: String, _ plugin: PluginSummary, by list: TrustList, ownFolders: [String]) {
    if let end = path.lastIndex(of: "/"), ownFolders.contains(String(path[..<end])) {
      self = .builtIn
      return
    }
    do throws(RunError) {
      self = try Self.judge(path, plugin, list)
    } catch let error {
      self = .none(reason: error.message)
    }
  }

  /// Judges a file that did not come with qhost.
  private static func judge(
    _ path: String, _ plugin: PluginSummary, _ list: TrustList
  ) throws(RunError) -> Trust {
    let signaturePath = path + ".minisig"
    let isSigned = FileAccess.exists(signaturePath)
    guard isSigned || !list.files.isEmpty else { return .none(reason: nil) }
    try FileSafety.check(path)
    let content = try FileAccess.read(path)
    let sha256 = content.withUnsafeBytes { SHA256Digest.of($0) }
    if list.files.contains(where: { $0.sha256 == sha256 }) { return .content }
    if let former = list.files.first(where: { $0.path == path }) {
      return .none(
        reason:
          "it has changed since it was trusted as version \(former.version); trust it again with "
          + "'qhost plugins trust \(path)' if the change is yours")
    }
    guard isSigned else { return .none(reason: nil) }
    let signature = try MinisignSignature(try FileAccess.read(signaturePath), path: signaturePath)
    guard
      let entry = list.keys.first(where: {
        MinisignKey(letters: $0.key)?.number == signature.keyNumber
      }),
      let key = MinisignKey(letters: entry.key)
    else {
      return .none(
        reason:
          "it is signed by the key \(signature.keyName), which is not among those you trust; add it with "
          + "'qhost plugins trust --key NAME=KEY' if you do")
    }
    guard signature.isValid(for: content, by: key) else {
      return .none(
        reason:
          "'\(signaturePath)' is not a valid signature of this file by '\(entry.name)'; download both again from its author"
      )
    }
    let claim = SignedClaim(plugin, sha256: sha256)
    guard signature.trustedComment == claim.text else {
      return .none(
        reason:
          "its signature by '\(entry.name)' is valid, but its trusted comment is not «\(claim.text)»; ask its author to sign "
          + "it with that comment, which 'qhost plugins claim \(path)' prints")
    }
    return .key(name: entry.name)
  }
}
