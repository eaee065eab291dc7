import Foundation
import Glibc

/// A program that runs in the background.
final class Child {
  private let process = Process()
  private let output = Pipe()
  private let error = Pipe()
  private let outputReader: Reader
  private let errorReader: Reader

  init(
    _ path: String, _ arguments: [String], _ variables: [String: String], _ folder: String
  ) throws {
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = variables
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    // Tests run on threads that take no signals, and a child inherits that.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    outputReader = Reader(output)
    errorReader = Reader(error)
  }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// The number of its process.
  var identifier: Int32 { process.processIdentifier }

  /// Whether it has not ended yet.
  var isRunning: Bool { process.isRunning }

  /// Waits for its end; a child that is still there after a minute is killed.
  func wait() throws -> Program.Result {
    let deadline = Date(timeIntervalSinceNow: 60)
    while process.isRunning {
      if Date() > deadline { send(SIGKILL) }
      usleep(1_000)
    }
    // A signal counts as 128 and its number, as in a shell.
    let base: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
    return Program.Result(
      code: base + process.terminationStatus, output: outputReader.text, error: errorReader.text)
  }
}

/// Collects what a pipe gives on a thread of its own, so that a full pipe never stops the child.
private final class Reader: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var data = Data()

  init(_ pipe: Pipe) {
    let handle = pipe.fileHandleForReading
    Thread.detachNewThread {
      self.data = handle.readDataToEndOfFile()
      // Left to itself it stays open: a thousand children would leave two thousand descriptors.
      try? handle.close()
      self.done.signal()
    }
  }

  /// All of it.
  lazy var text: String = {
    done.wait()
    return String(decoding: data, as: UTF8.self)
  }()
}
