import QHostRuntime
import QHostTrusting

/// A plugin's file about to be trusted: nobody else can change it, and a scan knows what it is.
struct TrustSubject {
  /// Its path, without links.
  let path: String
  /// The digest of its content.
  let sha256: String
  /// What it says of itself.
  let summary: PluginSummary

  /// Looks into a file.
  ///
  /// - Throws: when it is unsafe, or holds no plugin.
  init(_ file: String) throws(RunError) {
    try FileSafety.check(file)
    let path = FileAccess.resolved(file)
    let content = try FileAccess.read(path)
    sha256 = content.withUnsafeBytes { SHA256Digest.of($0) }
    switch try PluginScanner(executable: Environment.executable).scan(path) {
    case .plugin(let summary): self.summary = summary
    case .broken(let reason): throw RunError(.plugin, "plugin '\(path)': \(reason)")
    }
    self.path = path
  }
}
