import Glibc
import QHostComparing
import QHostRuntime

/// Shows how a comparison is doing: a bar on a terminal, else a plain line every ten seconds.
final class CompareProgress {
  private static let plainInterval: UInt64 = 10_000_000_000
  private static let firstShown: UInt64 = 500_000_000
  nonisolated(unsafe) private static var isShown = false

  private let isTerminal = Environment.isTerminal(STDERR_FILENO)
  private let isQuiet: Bool
  private let started = Clock.nanoseconds()
  private var hasToldStop = false
  private var lastLine = Clock.nanoseconds()

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// What takes the bar off the line, when there is one.
  static var eraser: String {
    guard isShown else { return "" }
    isShown = false
    return "\r\u{1B}[2K"
  }

  /// Shows it, when it is time to.
  ///
  /// - Parameters:
  ///   - progress: how far the comparison is.
  ///   - isStopping: whether the user has asked to stop.
  func show(_ progress: Comparison.Progress, isStopping: Bool) {
    let now = Clock.nanoseconds()
    if isStopping, !hasToldStop, !isQuiet {
      hasToldStop = true
      Terminal.write(Self.eraser)
      Terminal.line(
        "stopping: \(progress.active.count) cells are being finished; "
          + "Ctrl-C again ends at once")
    }
    guard !isQuiet, now - started > Self.firstShown else { return }
    if isTerminal {
      Terminal.write(Self.eraser + Printable.text(bar(progress)))
      Self.isShown = true
    } else if now - lastLine >= Self.plainInterval {
      lastLine = now
      Terminal.line("\(figures(progress))  \(active(progress))")
    }
  }

  /// Takes the bar off.
  func finish() { Terminal.write(Self.eraser) }

  private func bar(_ progress: Comparison.Progress) -> String {
    let width = 24
    let begun = progress.active.reduce(0) { $0 + ($1.progress?.fraction ?? 0) }
    let part = (Double(progress.doneCount) + begun) / Double(max(progress.cellCount, 1))
    let full = min(width, Int(part * Double(width)))
    let bar =
      Terminal.styled(String(repeating: "█", count: full), .cyan)
      + Terminal.styled(String(repeating: "·", count: width - full), .dim)
    let figures = " \(figures(progress))  "
    let room = Terminal.width - width - figures.count - 1
    return bar + figures + String(active(progress).prefix(max(room, 0)))
  }

  private func figures(_ progress: Comparison.Progress) -> String {
    var parts = ["\(progress.doneCount)/\(progress.cellCount) cells"]
    if progress.failureCount > 0 { parts.append("\(progress.failureCount) failed") }
    if let rest = progress.remainingSeconds { parts.append("ETA \(Numbers.duration(rest))") }
    return parts.joined(separator: "  ")
  }

  private func active(_ progress: Comparison.Progress) -> String {
    progress.active.map { activity in
      let part = activity.progress.map { " \(Numbers.percent($0.fraction))" } ?? ""
      return "[\(activity.labels.text), seed \(activity.seed)\(part)]"
    }.joined(separator: " ")
  }
}
