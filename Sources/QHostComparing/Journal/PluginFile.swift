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

  /// Reads a plugin's file.
  init(_ summary: PluginSummary, path: String) throws(RunError) {
    name = summary.name
    vendor = summary.vendor
    version = summary.version
    sha256 =
      FileAccess.exists(path)
      ? try FileAccess.read(path).withUnsafeBytes { SHA256Digest.of($0) } : ""
  }
}
