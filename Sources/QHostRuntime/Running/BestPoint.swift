package import QHostInterfaces

/// The best point that a run has seen, and how the best loss came about.
package struct BestPoint {
  /// The best loss at an improvement, and what it had cost.
  package struct Improvement: Equatable {
    package var evaluations: Int
    package var forwardEquivalents: Double
    package var seconds: Double
    package var loss: Double
  }

  /// The lowest loss that was answered; with minibatches, on whichever batch it was.
  package private(set) var loss = Double.infinity
  /// Where it was; empty before the first finite loss.
  package private(set) var point: [Double] = []
  /// The improvements, thinned to steps of half a percent in evaluations.
  package private(set) var improvements: [Improvement] = []

  /// Nothing seen yet.
  package init() {}

  /// What a run had seen before.
  package init(loss: Double, point: [Double], improvements: [Improvement]) {
    self.loss = loss
    self.point = point
    self.improvements = improvements
  }

  /// Looks at an answer.
  ///
  /// - Parameters:
  ///   - query: what was asked.
  ///   - answer: what was answered.
  ///   - base: the base point of cuts, moves included.
  ///   - n: the number of parameters.
  ///   - cost: what the run has cost.
  ///   - seconds: how long it has taken.
  package mutating func observe(
    _ query: borrowing Query, _ answer: borrowing Answer, base: [Double], dimension n: Int,
    cost: Cost, seconds: Double
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
      seconds: seconds, loss: best)
    if let last = improvements.last,
      Double(cost.evaluations) < Double(last.evaluations) * 1.005
    {
      improvements[improvements.count - 1].loss = best
    } else {
      improvements.append(improvement)
    }
  }
}
