import Glibc
import QHostRuntime

/// How far a command has come through many rows, on a line of a terminal, and how quick it was.
final class RowProgress {
  private let label: String
  private let rowCount: Int
  private let isQuiet: Bool
  private let start = Clock.nanoseconds()
  private var shown: UInt64 = 0
  /// What is not worth a line.
  private static let shortSeconds = 0.5

  init(_ label: String, rows: Int, isQuiet: Bool) {
    (self.label, rowCount, self.isQuiet) = (label, rows, isQuiet)
  }

  private var seconds: Double { Double(Clock.nanoseconds() - start) / 1e9 }

  /// Shows how many rows are done, at most ten times a second.
  func show(_ count: Int) {
    let now = Clock.nanoseconds()
    guard !isQuiet, Environment.isTerminal(STDERR_FILENO), now - shown > 100_000_000 else { return }
    shown = now
    Terminal.write(
      "\r\u{1B}[K\(label): \(Numbers.count(Double(count))) of \(Numbers.count(Double(rowCount))) rows, "
        + "\(rate(count))")
  }

  /// Ends the line, and says what a longer work took.
  func finish() {
    guard !isQuiet else { return }
    if shown > 0 { Terminal.write("\r\u{1B}[K") }
    guard seconds > Self.shortSeconds else { return }
    Terminal.line(
      "\(label): \(rowCount) rows in \(Numbers.duration(seconds)), \(rate(rowCount))")
  }

  private func rate(_ count: Int) -> String {
    "\(Numbers.count(Double(count) / max(seconds, 1e-9))) rows a second"
  }
}
