internal import QHostRuntime

/// A plugin that a comparison uses, so that it can be told from another build of it.
public struct PluginFile: Sendable, Codable, Equatable {
  /// What it is called.
  public var name: String
  /// Who makes it.
  public var vendor: String
  /// Its version.
  public var version: String
  /// The SHA-256 of its file; empty for one without a file.
  public var sha256: String

  /// Takes what a scan found.
  init(_ summary: PluginSummary, sha256: String) {
    name = summary.name
    vendor = summary.vendor
    version = summary.version
    self.sha256 = sha256
  }
}
