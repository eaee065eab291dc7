/// What a scan found in one plugin: enough to list it and to check a command line.
public struct PluginSummary: Codable, Sendable, Equatable {
  /// What a scan found of one component.
  public struct Component: Codable, Sendable, Equatable {
    /// `optimizer`, `solver`, `model`, `dataset` or `target`.
    public var kind: String
    /// The name on the command line.
    public var name: String
    /// What it is.
    public var summary: String
  }

  /// Who makes it.
  public var vendor: String
  /// What it is called.
  public var name: String
  /// Its version.
  public var version: String
  /// What it is.
  public var summary: String
  /// Its SPDX licence.
  public var licence: String
  /// What it holds.
  public var components: [Component]

  /// Makes a summary.
  public init(
    vendor: String, name: String, version: String, summary: String, licence: String,
    components: [Component]
  ) {
    self.vendor = vendor
    self.name = name
    self.version = version
    self.summary = summary
    self.licence = licence
    self.components = components
  }
}

/// What a scan of one file ended with: a plugin, or the reason why it is none.
public enum ScanResult: Codable, Sendable, Equatable {
  /// A plugin that can be used.
  case plugin(PluginSummary)
  /// A file that cannot be used, and why, in one sentence.
  case broken(reason: String)

  /// Whether the reason may pass without a change of the file: a library that the loader missed may be
  /// installed.
  var mayPass: Bool {
    guard case .broken(let reason) = self else { return false }
    return reason.hasPrefix(PluginLibrary.loaderFailure)
  }

  /// Whether a scan was given up because it took too long.
  var isHang: Bool {
    guard case .broken(let reason) = self else { return false }
    return reason.hasPrefix(PluginScanner.timeoutFailure)
  }
}
