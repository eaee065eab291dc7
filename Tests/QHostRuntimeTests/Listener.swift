import Logging

/// Hands what components log to a test.
struct Listener: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .debug
  let hear: @Sendable (String) -> Void

  init(hear: @escaping @Sendable (String) -> Void) { self.hear = hear }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { hear("\(event.message)") }
}
