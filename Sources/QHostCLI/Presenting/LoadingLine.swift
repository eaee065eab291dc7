import Glibc
import QHostRuntime
import Synchronization

/// Shows how far the reading of data has come, on a terminal.
enum LoadingLine {
  private static let firstShown: UInt64 = 300_000_000
  private static let interval: UInt64 = 100_000_000
  private static let begun = Atomic<UInt64>(0)
  private static let lastShown = Atomic<UInt64>(0)

  /// What takes the line off, when there is one.
  static var eraser: String {
    lastShown.exchange(0, ordering: .relaxed) == 0 ? "" : "\r\u{1B}[2K"
  }

  /// Shows a part, 0 to 1, of what is done, from the third tenth of a second on.
  static func show(_ fraction: Double, _ message: String) {
    let now = Clock.nanoseconds()
    let start = begun.compareExchange(expected: 0, desired: now, ordering: .relaxed)
    guard !start.exchanged, now - start.original > firstShown,
      now - lastShown.load(ordering: .relaxed) > interval
    else { return }
    lastShown.store(now, ordering: .relaxed)
    let text = "\(message) \(Numbers.percent(min(1, max(0, fraction))))"
    Terminal.write("\r\u{1B}[2K" + Printable.text(String(text.prefix(Terminal.width - 1))))
  }
}
