import QHostInterfaces

/// How many events a score finds when few others may be taken for events.
enum Detection {
  /// The part of the positives whose scores are above a threshold that at most the part `falseAlarms` of the negatives
  /// is above.
  ///
  /// The threshold is the ⌊falseAlarms · n⌋ + 1 highest score of the n negatives; a score that equals it is below.
  ///
  /// - Parameters:
  ///   - scores: [B].
  ///   - isPositive: [B].
  ///   - falseAlarms: 0 ..< 1.
  /// - Returns: 0 ... 1; 0 without positives.
  /// - Throws: when a score is not finite, or there are no negatives.
  static func rate(
    _ scores: [Double], isPositive: [Bool], falseAlarms: Double
  ) throws(ComponentError) -> Double {
    if let place = scores.firstIndex(where: { !$0.isFinite }) {
      throw .data(
        "the score of row \(place + 1) is \(scores[place]); scores must be finite: look for what "
          + "overflows in the model")
    }
    let pairs = zip(scores, isPositive)
    let negatives = pairs.filter { !$0.1 }.map(\.0).sorted(by: >)
    let positives = pairs.filter(\.1).map(\.0)
    guard !negatives.isEmpty else {
      throw .data("there are no series without the pattern to measure false alarms on; add rows")
    }
    guard !positives.isEmpty else { return 0 }
    let threshold = negatives[Int(falseAlarms * Double(negatives.count))]
    return Double(positives.count { $0 > threshold }) / Double(positives.count)
  }
}
