/// Volumes under the surfaces that ROC and precision-recall curves make when the borders of anomalies are widened.
///
/// For each width w = 0 ... W, rows at a distance d ≤ ⌊w/2⌋ of an anomaly get the label √(1 − d/w), and curves are drawn
/// through 250 thresholds; the volume is the mean of the areas under the curves. TPR is Σ label over detections / ((P + Σ
/// label over detections and anomalies)/2), at most 1, times the part of the widened anomalies with a detection.
///
/// Source: J. Paparrizos et al., *Volume under the surface: a new accuracy evaluation measure for time-series anomaly
/// detection*, VLDB 2022; the numbers are those of `RangeAUC_volume_opt` in the packages vus 0.0.6 and TSB-AD 1.5.
public enum VolumeUnderSurface {
  /// The two volumes.
  public struct Volumes: Sendable, Equatable {
    /// Under the ROC curves.
    public var roc: Double
    /// Under the precision-recall curves.
    public var precisionRecall: Double
  }

  private static let thresholdCount = 250

  /// Measures them.
  ///
  /// - Parameters:
  ///   - scores: finite, [T].
  ///   - anomalies: the rows of each, in order, disjoint and not adjacent.
  ///   - width: W, at least 0.
  /// - Returns: the volumes; `nil` without anomalies, or when everything is one.
  /// - Complexity: O(T log T + W · rows within W/2 of an anomaly).
  public static func volumes(
    _ scores: [Double], anomalies: [ClosedRange<Int>], width: Int
  ) -> Volumes? {
    let positives = anomalies.reduce(0) { $0 + $1.count }
    guard positives > 0, positives < scores.count else { return nil }
    let grid = ThresholdGrid(scores, count: thresholdCount)
    var (roc, precisionRecall) = (0.0, 0.0)
    for w in 0...width {
      let curve = Curve(scores, anomalies, w, grid, positives: Double(positives))
      roc += curve.rocArea
      precisionRecall += curve.precisionRecallArea
    }
    return Volumes(
      roc: roc / Double(width + 1), precisionRecall: precisionRecall / Double(width + 1))
  }
}

/// The thresholds of all curves: scores at ranks evenly spread.
private struct ThresholdGrid {
  /// Falling, [K].
  let thresholds: [Double]
  /// Rows at or above each, [K].
  let counts: [Double]
  /// The first threshold that each row reaches, [T]; K: none.
  let first: [Int]

  init(_ scores: [Double], count: Int) {
    let sorted = scores.sorted(by: >)
    let step = Double(scores.count - 1) / Double(count - 1)
    let thresholds = (0..<count).map { k in
      sorted[k == count - 1 ? scores.count - 1 : Int(Double(k) * step)]
    }
    var reached = [Double](repeating: 0, count: count)
    let first = scores.map { score in
      // The thresholds fall: the first one that is not above the score.
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if thresholds[middle] <= score { high = middle } else { low = middle + 1 }
      }
      return low
    }
    for place in first where place < count { reached[place] += 1 }
    for k in 1..<count { reached[k] += reached[k - 1] }
    self.thresholds = thresholds
    self.counts = reached
    self.first = first
  }
}

/// The areas under the curves of one width.
private struct Curve {
  let rocArea: Double
  let precisionRecallArea: Double

  init(
    _ scores: [Double], _ anomalies: [ClosedRange<Int>], _ width: Int, _ grid: ThresholdGrid,
    positives: Double
  ) {
    let labels = WidenedLabels(anomalies, width: width, rowCount: scores.count)
    let count = grid.thresholds.count
    /// Σ label over the detections that each threshold adds: within anomalies, and around them.
    var inside = [Double](repeating: 0, count: count)
    var around = inside
    for (row, label, isAnomaly) in labels.values where grid.first[row] < count {
      if isAnomaly {
        inside[grid.first[row]] += 1
      } else {
        around[grid.first[row]] += label
      }
    }
    var found = [Double](repeating: 0, count: count)
    for segment in labels.segments {
      let first = grid.first[segment].min() ?? count
      if first < count { found[first] += 1 }
    }
    var (roc, area) = (0.0, 0.0)
    var (tpr, fpr) = (0.0, 0.0)
    var (insideSum, aroundSum, foundSum) = (0.0, 0.0, 0.0)
    for k in 0..<count {
      insideSum += inside[k]
      aroundSum += around[k]
      foundSum += found[k]
      let truePositives = insideSum + aroundSum
      let positivesHere = (positives + positives + aroundSum) / 2
      let nextTPR =
        min(truePositives / positivesHere, 1) * foundSum / Double(labels.segments.count)
      let nextFPR =
        (grid.counts[k] - truePositives) / (Double(scores.count) - positivesHere)
      roc += (nextFPR - fpr) * (nextTPR + tpr) / 2
      area += (nextTPR - tpr) * truePositives / grid.counts[k]
      (tpr, fpr) = (nextTPR, nextFPR)
    }
    rocArea = roc + (1 - fpr) * (1 + tpr) / 2
    precisionRecallArea = area
  }
}

/// Labels of rows within and around anomalies.
private struct WidenedLabels {
  /// Rows whose label is above 0, the label, and whether they are anomalies themselves.
  let values: [(row: Int, label: Double, isAnomaly: Bool)]
  /// The rows of widened anomalies, those that meet as one.
  let segments: [Range<Int>]

  init(_ anomalies: [ClosedRange<Int>], width: Int, rowCount: Int) {
    let half = width / 2
    var labels: [Int: Double] = [:]
    for anomaly in anomalies {
      for row in anomaly { labels[row] = 1 }
      guard half > 0 else { continue }
      for distance in 1...half {
        let label = (1 - Double(distance) / Double(width)).squareRoot()
        for row in [anomaly.lowerBound - distance, anomaly.upperBound + distance]
        where (0..<rowCount).contains(row) {
          labels[row] = min((labels[row] ?? 0) + label, 1)
        }
      }
    }
    var isAnomaly = Set<Int>()
    for anomaly in anomalies { isAnomaly.formUnion(anomaly) }
    // In order, so that sums are the same in every process.
    values = labels.keys.sorted().map { ($0, labels[$0] ?? 0, isAnomaly.contains($0)) }
    var segments: [Range<Int>] = []
    var start = max(anomalies[0].lowerBound - half, 0)
    for (one, next) in zip(anomalies, anomalies.dropFirst())
    where one.upperBound + half < next.lowerBound - half {
      segments.append(start..<one.upperBound + half + 1)
      start = next.lowerBound - half
    }
    let last = anomalies[anomalies.count - 1].upperBound
    segments.append(start..<min(last + half, rowCount - 1) + 1)
    self.segments = segments
  }
}
