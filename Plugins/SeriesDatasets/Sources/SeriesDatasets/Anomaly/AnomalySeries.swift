/// A series in whose windows something happened.
struct AnomalySeries: Sendable {
  /// For messages: the file's name within the corpus.
  var name: String
  /// The values, [T].
  var values: [Double]
  /// The rows of each window, in order and disjoint.
  var windows: [ClosedRange<Int>]

  /// Rows at the beginning in which nothing counts.
  var probation: Int { NABScorer.probation(of: values.count) }

  /// The rows of windows among the scored ones of the first `rowCount` rows, counted from the end of the probation;
  /// windows that touch are one.
  func scoredAnomalies(rowCount: Int) -> [ClosedRange<Int>] {
    var found: [ClosedRange<Int>] = []
    for window in windows {
      let lower = max(window.lowerBound, probation)
      let upper = min(window.upperBound, rowCount - 1)
      guard lower <= upper else { continue }
      if let last = found.last, last.upperBound + 1 >= lower - probation {
        found[found.count - 1] = last.lowerBound...upper - probation
      } else {
        found.append(lower - probation...upper - probation)
      }
    }
    return found
  }
}
