/// How much visits to each coordinate have lowered the loss, and how often it is visited therefore.
///
/// A coordinate is visited in a sweep with probability 1 − a + a · min(1, s_i / s̄): s_i is the running mean
/// of what its visits gained, s̄ that of all coordinates, a the attention. With a = 0 all are visited.
struct VisitScores {
  /// The part of a visit in the running mean.
  private static let part = 0.3

  /// s_i, [n]; below 0 before the first visit.
  private(set) var scores: [Double]
  private var sum = 0.0
  private var count = 0

  /// No visit yet.
  init(count: Int) { scores = Array(repeating: -1, count: count) }

  /// Restores saved scores.
  init(scores: [Double]) {
    self.scores = scores
    for score in scores where score >= 0 {
      sum += score
      count += 1
    }
  }

  /// Notes that a visit lowered the loss by `gain`, 0 at least.
  mutating func record(_ coordinate: Int, gain: Double) {
    guard gain.isFinite else { return }
    let before = scores[coordinate]
    let after = before < 0 ? gain : before + Self.part * (gain - before)
    if before < 0 { count += 1 }
    sum += after - max(before, 0)
    scores[coordinate] = after
  }

  /// The probability of a visit.
  func probability(_ coordinate: Int, attention: Double) -> Double {
    let score = scores[coordinate]
    guard score >= 0, sum > 0 else { return 1 }
    return 1 - attention + attention * min(1, score * Double(count) / sum)
  }
}
