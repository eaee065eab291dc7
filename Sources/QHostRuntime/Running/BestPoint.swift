package import QHostInterfaces

/// The best point that a run has seen, and how the best loss came about.
package struct BestPoint {
  /// The best loss at an improvement, and what it had cost.
  package struct Improvement: Equatable {
    package var evaluations: Int
    package var forwardEquivalents: Double
    package var seconds: Double
    package var loss: Double

    package init(evaluations: Int, forwardEquivalents: Double, seconds: Double, loss: Double) {
      self.evaluations = evaluations
      self.forwardEquivalents = forwardEquivalents
      self.seconds = seconds
      self.loss = loss
    }
  }

  /// The lowest loss that was answered; with minibatches, on whichever batch it was.
  package private(set) var loss = Double.infinity
  /// Where it was; empty before the first finite loss.
  package var point: [Double] {
    var point = anchor
    if let offset { point[offset.index] += offset.value }
    return point
  }
  /// The improvements, thinned to steps of half a percent in evaluations.
  package private(set) var improvements: [Improvement] = []
  // The best point of a cut is the base point then, `anchor`, and an offset. Moves since are kept, so that
  // the next one need not copy the whole base.
  private var anchor: [Double] = []
  private var offset: (index: Int, value: Double)?
  private var moves: [(index: Int, delta: Double)] = []
  private var followsBase = false

  /// Nothing seen yet.
  package init() {}

  /// What a run had seen before.
  package init(loss: Double, point: [Double], improvements: [Improvement]) {
    self.loss = loss
    anchor = point
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
    if query.kind == .cuts { follow(query, n) }
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
      anchor.replaceSubrange(anchor.indices, with: query.points[place * n..<(place + 1) * n])
      offset = nil
      followsBase = false
    case .cuts:
      takeBase(base)
      offset = (query.cutIndices[place / query.offsetCount], query.offsets[place])
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

  /// Notes where the base point of cuts has moved to.
  private mutating func follow(_ query: borrowing Query, _ n: Int) {
    guard followsBase else { return }
    for move in query.moveIndices.indices {
      moves.append((query.moveIndices[move], query.moveDeltas[move]))
    }
    if !query.base.isEmpty || moves.count > n { followsBase = false }
  }

  private mutating func takeBase(_ base: [Double]) {
    if followsBase {
      for move in moves { anchor[move.index] += move.delta }
    } else {
      anchor.replaceSubrange(anchor.indices, with: base)
      followsBase = true
    }
    moves.removeAll(keepingCapacity: true)
  }
}
