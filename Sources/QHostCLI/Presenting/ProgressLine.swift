import Glibc
import QHostRuntime

/// Shows how a run is doing: a bar on a terminal, else a plain line every ten seconds.
final class ProgressLine: RunObserver {
  private static let plainInterval = 10.0
  private static let firstShown = 0.5
  nonisolated(unsafe) private static var isShown = false

  private let isTerminal = Environment.isTerminal(STDERR_FILENO)
  private let label: String
  private var lastLine = 0.0

  init(label: String) { self.label = label }

  /// What takes the bar off the line, when there is one.
  static var eraser: String {
    guard isShown else { return "" }
    isShown = false
    return "\r\u{1B}[2K"
  }

  var wantsAccuracy: Bool { true }

  func update(_ progress: RunProgress) {
    guard progress.seconds > Self.firstShown else { return }
    if isTerminal {
      let text = bar(progress)
      Terminal.write(Self.eraser + LoadingLine.eraser + Printable.text(text))
      Self.isShown = true
    } else if progress.seconds - lastLine >= Self.plainInterval {
      lastLine = progress.seconds
      Terminal.line("\(label): \(Numbers.percent(progress.fraction)), \(figures(progress))")
    }
  }

  /// Takes the bar off.
  func finish() { Terminal.write(Self.eraser) }

  private func bar(_ progress: RunProgress) -> String {
    let figures = " \(Numbers.percent(progress.fraction)) \(figures(progress))"
    let room = Terminal.width - figures.count - label.count - 2
    guard room >= 8 else { return String("\(label)\(figures)".prefix(Terminal.width - 1)) }
    let width = min(room, 32)
    let eighths = Int(progress.fraction * Double(width) * 8)
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let full = String(repeating: "█", count: eighths / 8) + partial
    let rest = String(repeating: "·", count: max(0, width - full.count))
    return "\(label) \(Terminal.styled(full, .cyan))\(Terminal.styled(rest, .dim))\(figures)"
  }

  private func figures(_ progress: RunProgress) -> String {
    var parts = [
      "\(Numbers.count(Double(progress.cost.evaluations) / progress.seconds)) evals/s",
      "loss \(Numbers.short(progress.bestLoss))",
    ]
    if let accuracy = progress.accuracy { parts.append("acc \(Numbers.percent(accuracy))") }
    if progress.fraction > 0.005 {
      let rest = progress.seconds * (1 - progress.fraction) / progress.fraction
      parts.append("ETA \(Numbers.duration(rest))")
    }
    return parts.joined(separator: "  ")
  }
}
