package import QHostInterfaces

/// The point with the lowest loss on the rows that are in use; where there are constraints, the feasible one with
/// the lowest loss, or the one that is nearest to feasible.
///
/// With minibatches it is the best on the current one: losses of different rows say nothing of which point is
/// better.
package struct BestPoint {
  /// Its rank.
  package private(set) var standing = Standing.worst
  /// The lowest loss that was answered on these rows for a feasible point.
  package var loss: Double { standing.feasibleLoss }
  /// Where it was; empty before the first finite loss.
  package var point: [Double] {
    var point = anchor
    if let offset { point[offset.index] += offset.value }
    return point
  }
  /// The units of the last answer that were better than all before them, in order.
  package private(set) var improvedPlaces: [Int] = []
  // The best point of a cut is the base point then, `anchor`, and an offset. Moves since are kept, so that
  // the next one need not copy the whole base.
  private var anchor: [Double] = []
  private var offset: (index: Int, value: Double)?
  private var moves: [(index: Int, delta: Double)] = []
  private var followsBase = false

  /// Nothing seen yet.
  package init() {}

  /// What a run had seen before.
  package init(_ standing: Standing, point: [Double]) {
    self.standing = standing
    anchor = point
  }

  /// Takes other rows: whatever comes next is better than what was seen on those before.
  package mutating func forgetLoss() { standing = .worst }

  /// Looks at a piece of an answer.
  ///
  /// - Parameters:
  ///   - query: what was asked.
  ///   - losses: what was answered, of all units.
  ///   - violations: alike; empty: there are no constraints.
  ///   - places: the units that are new.
  ///   - base: the base point of cuts, moves included.
  ///   - n: the number of parameters.
  ///   - target: a loss that ends the run.
  /// - Returns: the unit that reached the target; what comes after it is not looked at.
  package mutating func observe(
    _ query: borrowing Query, _ losses: [Double], violations: [Double] = [], places: Range<Int>,
    base: [Double], dimension n: Int, until target: Double = -.infinity
  ) -> Int? {
    if query.kind == .cuts, places.lowerBound == 0 { follow(query, n) }
    improvedPlaces.removeAll(keepingCapacity: true)
    let hit =
      violations.isEmpty
      ? improve(losses, places, target) : improve(losses, violations, places, target)
    guard let place = improvedPlaces.last else { return nil }
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
    return hit
  }

  private mutating func improve(
    _ losses: [Double], _ places: Range<Int>, _ target: Double
  ) -> Int? {
    var least = loss
    defer { if !improvedPlaces.isEmpty { standing = Standing(loss: least) } }
    for place in places where losses[place] < least {
      least = losses[place]
      improvedPlaces.append(place)
      if least <= target { return place }
    }
    return nil
  }

  private mutating func improve(
    _ losses: [Double], _ violations: [Double], _ places: Range<Int>, _ target: Double
  ) -> Int? {
    for place in places {
      let found = Standing(loss: losses[place], violation: violations[place])
      guard found < standing, found.loss < .infinity || !found.isFeasible else { continue }
      standing = found
      improvedPlaces.append(place)
      if found.feasibleLoss <= target { return place }
    }
    return nil
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
