import Glibc
import Logging
import Synchronization

/// Where the library's messages go.
enum LibraryLog {
  typealias Receiver =
    @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?) -> Void

  private struct Listener: @unchecked Sendable {
    var receiver: Receiver?
    var context: UnsafeMutableRawPointer?
  }
  private static let listener = Mutex(Listener())

  /// Sends messages to somebody; `nil`: to standard error.
  static func send(to receiver: Receiver?, _ context: UnsafeMutableRawPointer?) {
    let new = Listener(receiver: receiver, context: context)
    listener.withLock { $0 = new }
  }

  /// Says something.
  static func say(_ level: Int32, _ message: String) {
    let listener = listener.withLock { $0 }
    if let receiver = listener.receiver {
      message.withCString { receiver(listener.context, level, $0) }
    } else if level >= 2 {
      let line = Array("qhost: \(message)\n".utf8)
      line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
  }

  /// A logger whose messages go there.
  static func logger() -> Logger {
    var logger = Logger(label: "qhost") { _ in Handler() }
    logger.logLevel = .info
    return logger
  }

  private struct Handler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let level: Int32 =
        switch event.level {
        case .trace, .debug: 0
        case .info, .notice: 1
        case .warning: 2
        case .error, .critical: 3
        }
      LibraryLog.say(level, "\(event.message)")
    }
  }
}
