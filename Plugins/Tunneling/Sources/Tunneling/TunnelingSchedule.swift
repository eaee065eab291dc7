#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Falls geometrically from `start` to `end` while `progress` goes from 0 to 1; never 0.
func annealed(from start: Double, to end: Double, progress: Double) -> Double {
  let part = progress > 0 ? (progress < 1 ? progress : 1) : 0
  return start * pow(end / start, part)
}

/// A scan of the whole domain and the ever narrower sweeps that follow it, again and again.
struct ScanCycle {
  /// Half the width of a sweep over half the width of the sweep before.
  static let shrinking = 0.25

  /// Sweeps of the first five cycles together.
  private static let growing = 5 + 7 + 9 + 11 + 13

  /// Sweeps since the scan; 0 in the scan itself.
  let level: Int

  /// The place of a sweep: cycle c has 5 + 2c sweeps, 13 at most: later ones end narrower.
  init(sweep: Int) {
    var rest = sweep < Self.growing ? sweep : Self.growing + (sweep - Self.growing) % 13
    var length = 5
    while rest >= length {
      rest -= length
      length = min(length + 2, 13)
    }
    level = rest
  }

  /// Whether this sweep looks along the whole domain.
  var isScan: Bool { level == 0 }

  /// Half the width of the cuts over half the domain.
  ///
  /// The first sweep after a scan of `nodeCount` offsets looks 1.5 of its steps far.
  func halfWidth(nodeCount: Int) -> Double {
    isScan ? 1 : 3 / Double(nodeCount - 1) * pow(Self.shrinking, Double(level - 1))
  }
}
