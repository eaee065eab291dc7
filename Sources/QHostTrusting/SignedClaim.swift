public import QHostRuntime

/// What a signature must say in its trusted comment: which plugin it is for, in one text.
///
/// `qhost plugin NAME VERSION sha256:DIGEST`. A signature of one release can so not be put beside another one, nor
/// beside a plugin that only has the same file name.
public struct SignedClaim: Sendable, Equatable {
  /// The one text.
  public let text: String

  /// The claim for a plugin.
  ///
  /// - Parameters:
  ///   - plugin: what it says of itself.
  ///   - sha256: the digest of its file, 64 hexadecimal digits.
  public init(_ plugin: PluginSummary, sha256: String) {
    text = "qhost plugin \(plugin.name) \(plugin.version) sha256:\(sha256)"
  }
}
