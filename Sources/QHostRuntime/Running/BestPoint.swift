internal import QHostInterfaces

/// The best point that a run has seen, and how the best loss came about.
struct BestPoint {
  /// The best loss at an improvement, and what it had cost.
  struct Improvement: Equatable {
    var evaluations: Int
    var forwardEquivalents: Double
    var seconds: Double
    var loss: Double
  }

  /// The lowest loss that was answered; with minibatches, on whichever batch it was.
  private(set) var loss = Double.infinity
  /// Where it was; empty before the first finite loss.
  private(set) var point: [Double] = []
  /// The improvements, thinned to steps of half a percent in evaluations.
  private(set) var improvements: [Improvement] = []

  init() {}

  init(loss: Double, point: [Double], improvements: [Improvement]) {
    self.loss = loss
    self.point = point
    self.improvements = improvements
  }

  /// Looks at an answer.
  ///
  /// `base` is the base point of cuts, moves included; `seconds` is looked at for an improvement only.
  mutating func observe(
    _ query: borrowing Query, _ answer: borrowing Answer, base: [Double], dimension n: Int,
    cost: Cost, seconds: @autoclosure () -> Double
  ) {
    var best = loss
    var place = -1
    for index in answer.losses.indices where answer.losses[index] < best {
      best = answer.losses[index]
      place = index
    }
    guard place >= 0 else { return }
    loss = best
    switch query.kind {
    case .points, .gradient:
      point.replaceSubrange(point.indices, with: query.points[place * n..<(place + 1) * n])
    case .cuts:
      point.replaceSubrange(point.indices, with: base)
      point[query.cutIndices[place / query.offsetCount]] += query.offsets[place]
    case .done: break
    }
    let improvement = Improvement(
      evaluations: cost.evaluations, forwardEquivalents: cost.forwardEquivalents,
      seconds: seconds(), loss: best)
    if let last = improvements.last,
      Double(cost.evaluations) < Double(last.evaluations) * 1.005
    {
      improvements[improvements.count - 1].loss = best
    } else {
      improvements.append(improvement)
    }
  }
}
