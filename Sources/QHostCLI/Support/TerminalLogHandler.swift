import Logging
import QHostBridging

/// Shows log messages of plugins and of the host to the user, one line each.
struct TerminalLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let label =
      switch event.level {
      case .error, .critical: Terminal.styled("error:", .red, .bold)
      case .warning: Terminal.styled("warning:", .yellow, .bold)
      default: Terminal.styled("note:", .cyan)
      }
    Terminal.write(ProgressLine.eraser + LoadingLine.eraser)
    Terminal.line("\(label) \(Printable.line("\(event.message)"))")
  }
}
