#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The score of the Numenta Anomaly Benchmark: early detections are worth more, detections outside windows cost.
///
/// With σ(y) = 2/(1 + e⁵ʸ) − 1, a detection at position y of a window, −1 at its first row and −1/width at its last one, is
/// worth σ(y)/σ(−1); of several in a window the best counts. A detection outside costs σ(d/(width − 1)) times the weight of
/// false positives, d rows after the end of the last window, −1 before the first window and beyond 3. The first rows of
/// each series (15 %, at most 750) are a probation in which nothing counts. One threshold serves all series: the best
/// one, as the benchmark's optimizer finds it. 0 is the score of no detection, 100 that of all anomalies at the beginning of
/// their windows.
///
/// *Deviation*: after a window of one row, for which the benchmark divides by 0, the width counts as 2.
///
/// Source: `nab/sweeper.py` and `nab/runner.py` of numenta/NAB at ea702d7, whose results it repeats.
public struct NABScorer: Sendable {
  /// One scored series.
  public struct Series: Sendable {
    /// Anomaly scores, [T], from the first row of the series on.
    public var scores: [Double]
    /// The rows of each anomaly window, in order and disjoint.
    public var windows: [ClosedRange<Int>]
    /// The rows of the whole series, of which there may be more than scores.
    public var rowCount: Int

    /// Takes scores and windows.
    public init(scores: [Double], windows: [ClosedRange<Int>], rowCount: Int? = nil) {
      self.scores = scores
      self.windows = windows
      self.rowCount = rowCount ?? scores.count
    }

    /// The rows at the beginning in which nothing counts.
    public var probation: Int { NABScorer.probation(of: rowCount) }
  }

  /// What a threshold gives.
  public struct Result: Sendable, Equatable {
    /// 0 for no detection, 100 for the best possible; below 0 where detections cost more.
    public var score: Double
    /// Rows with this score or above are detections; ∞: none is.
    public var threshold: Double
  }

  private let series: [Series]

  /// Prepares the scores of a corpus.
  public init(_ series: [Series]) { self.series = series }

  /// Rows of the probation: 15 %, at most 750.
  public static func probation(of rowCount: Int) -> Int {
    min(Int(0.15 * Double(rowCount)), 750)
  }

  /// The windows that count: those of which a row lies after the probation.
  public var windowCount: Int {
    series.reduce(0) { count, one in
      count
        + one.windows.count {
          $0.upperBound >= one.probation && max($0.lowerBound, one.probation) < one.scores.count
        }
    }
  }

  /// The score at the threshold that is best for a profile.
  ///
  /// - Parameter profile: what detections are worth.
  /// - Returns: the score; `nil` without windows that count.
  /// - Complexity: O(N log N) for N rows.
  public func best(_ profile: NABProfile) -> Result? {
    let windowCount = windowCount
    guard windowCount > 0 else { return nil }
    let rows = rows(profile).sorted { $0.score > $1.score }
    let none = -profile.falseNegative * Double(windowCount)
    var windows = [Double](repeating: -profile.falseNegative, count: windowCount)
    var (sum, best, threshold) = (none, none, Double.infinity)
    for (place, row) in rows.enumerated() {
      if row.window < 0 {
        sum += row.worth
      } else if row.worth > windows[row.window] {
        sum += row.worth - windows[row.window]
        windows[row.window] = row.worth
      }
      // Only where all rows of equal score are in.
      let isLast = place + 1 == rows.count || rows[place + 1].score != row.score
      if isLast, sum > best { (best, threshold) = (sum, row.score) }
    }
    let perfect = profile.truePositive * Double(windowCount)
    return Result(score: 100 * (best - none) / (perfect - none), threshold: threshold)
  }

  private struct Row {
    var score: Double
    var worth: Double
    /// Of all windows that count; -1: outside.
    var window: Int
  }

  private func rows(_ profile: NABProfile) -> [Row] {
    var rows: [Row] = []
    var number = -1
    for one in series {
      var next = 0
      var previous: ClosedRange<Int>?
      var counted = false
      for row in one.scores.indices {
        if let ended = next < one.windows.count ? one.windows[next] : nil, row > ended.upperBound {
          previous = ended
          next += 1
          counted = false
        }
        let window = next < one.windows.count && one.windows[next].contains(row)
        guard row >= one.probation else { continue }
        if window, !counted {
          number += 1
          counted = true
        }
        rows.append(
          Row(
            score: one.scores[row],
            worth: window
              ? Self.worthInside(row, one.windows[next]) * profile.truePositive
              : Self.worthOutside(row, previous) * profile.falsePositive,
            window: window ? number : -1))
      }
    }
    return rows
  }

  private static func sigmoid(_ y: Double) -> Double { 2 / (1 + exp(5 * y)) - 1 }

  private static func worthInside(_ row: Int, _ window: ClosedRange<Int>) -> Double {
    sigmoid(-Double(window.upperBound - row + 1) / Double(window.count)) / sigmoid(-1)
  }

  private static func worthOutside(_ row: Int, _ previous: ClosedRange<Int>?) -> Double {
    guard let previous else { return -1 }
    let position = Double(row - previous.upperBound) / Double(max(previous.count - 1, 1))
    return position > 3 ? -1 : sigmoid(position)
  }
}
