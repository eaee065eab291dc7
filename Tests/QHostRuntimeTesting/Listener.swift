package import Logging

/// Hands what components log to a test.
package struct Listener: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level = .debug
  package let hear: @Sendable (String) -> Void

  package init(hear: @escaping @Sendable (String) -> Void) { self.hear = hear }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) { hear("\(event.message)") }
}
