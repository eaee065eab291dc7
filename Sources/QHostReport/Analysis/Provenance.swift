public import QHostComparing
internal import QHostRuntime

/// Where the figures are from.
public struct Provenance: Sendable, Encodable {
  /// The SHA-256 of the plan.
  public var planHash: String
  /// The version of the host.
  public var hostVersion: String
  /// The plugins and the SHA-256 of their files.
  public var plugins: [PluginFile]
  /// The datasets and the SHA-256 of their rows.
  public var datasets: [JournalHeader.Data]
  /// The journals, with the machine and the command line of each.
  public var journals: [JournalSource]
  /// Others' results that stand beside them.
  public var imports: [ImportedSource]
}
