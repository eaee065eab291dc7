#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif
package import QHostInterfaces

extension Objective {
  /// What the run has cost after `units` units of a query, 1 or more.
  func cost(
    of query: borrowing Query, _ posed: borrowing PosedQuery, after units: Int
  ) throws(ComponentError) -> Cost {
    var cost = posed.before
    if query.kind == .gradient {
      cost.countGradient(rows: posed.rowCount, batchRows: batchRows)
    } else {
      cost.countLosses(units, rows: posed.rowCount, batchRows: batchRows)
    }
    cost.forwardEquivalents += try passes(of: query, posed, after: units)
    cost.discarded = self.cost.discarded
    return cost
  }

  /// What `units` units of a query cost, in passes of the training split.
  func passes(
    of query: borrowing Query, _ posed: borrowing PosedQuery, after units: Int
  ) throws(ComponentError) -> Double {
    switch query.kind {
    case .points, .done: return Double(units) * posed.pointCost
    case .gradient: return costs.gradient(rowCount: posed.rowCount)
    case .cuts: break
    }
    guard hasFastCuts else { return Double(units) * posed.pointCost }
    guard posed.isCounted else {
      return posed.preparation + (try declaredPasses(of: query, posed, after: units))
    }
    let piece = posed.answered - posed.pieceStart
    guard units < posed.answered, piece > 0 else { return posed.preparation + posed.counted }
    let part = Double(units - posed.pieceStart) / Double(piece)
    return posed.preparation + posed.countedBefore + part * (posed.counted - posed.countedBefore)
  }

  /// What the first `units` units of cuts cost whose cost is known before, in passes of the training split.
  ///
  /// Added up one coordinate after the other, so that sums are the same for all pieces.
  private func declaredPasses(
    of query: borrowing Query, _ posed: borrowing PosedQuery, after units: Int
  ) throws(ComponentError) -> Double {
    let isWithin = units >= posed.pieceStart
    let first = isWithin ? posed.pieceStart / posed.stride : 0
    let end = units / posed.stride
    var passes = isWithin ? posed.declaredBefore : 0
    for place in first..<end {
      passes += try cutCost(
        query.cutIndices[place], offsetCount: posed.stride, rowCount: posed.rowCount)
    }
    let rest = units - end * posed.stride
    guard rest > 0 else { return passes }
    return passes
      + (try cutCost(query.cutIndices[end], offsetCount: rest, rowCount: posed.rowCount))
  }

  /// Begins a new piece where the last one ended.
  func beginPiece(
    _ query: borrowing Query, _ posed: inout PosedQuery
  ) throws(ComponentError) {
    if query.kind == .cuts, hasFastCuts, !posed.isCounted {
      let end = posed.answered / posed.stride
      for place in posed.pieceStart / posed.stride..<end {
        posed.declaredBefore += try cutCost(
          query.cutIndices[place], offsetCount: posed.stride, rowCount: posed.rowCount)
      }
    }
    posed.pieceStart = posed.answered
  }

  /// The least that an optimizer's first query costs, in passes of the training split: one loss on a minibatch,
  /// or its gradient where the optimizer cannot do without.
  ///
  /// - Returns: three digits of it, rounded up.
  package func leastPasses(for required: QueryKinds) -> Double {
    let batch = hasMinibatches ? costs.batch(rowCount: batchRows) : 0
    let query =
      required.contains(.gradient)
      ? costs.gradient(rowCount: batchRows) : costs.point(rowCount: batchRows)
    let least = batch + query
    let scale = pow(10, 2 - log10(least).rounded(.down))
    return (least * scale).rounded(.up) / scale
  }

  /// How many of a query's next units `passes` passes of the training split allow.
  ///
  /// The last one may exceed them, and with it opening and moving, but by no more than a pass.
  ///
  /// - Returns: 1 or more; 0 where that would exceed them by more than a pass, unless nothing was answered yet.
  func affordableUnits(
    of query: borrowing Query, _ posed: borrowing PosedQuery, passes: Double
  ) throws(ComponentError) -> Int {
    let left = posed.unitCount - posed.answered
    switch query.kind {
    case .gradient, .done: return left
    case .points: return min(left, Self.ceiling(passes / posed.pointCost))
    case .cuts: break
    }
    guard hasFastCuts else { return min(left, Self.ceiling(passes / posed.pointCost)) }
    var sum = 0.0
    let moveCount = posed.isPrepared || !cutState.isOpen ? 0 : query.moveIndices.count
    if !posed.isPrepared {
      sum += costs.cutQuery(rowCount: posed.rowCount)
      if !cutState.isOpen {
        sum += costs.opening(rowCount: posed.rowCount, keepsLosses: posed.isCounted)
      }
    }
    // Far from the end of a budget that is all there is to ask.
    if sum + Double(left + moveCount) * (try highestCutCost()) <= passes { return left }
    for move in 0..<moveCount {
      sum += try moveCost(query.moveIndices[move], rowCount: posed.rowCount)
    }
    var units = 0
    while units < left {
      let unit = posed.answered + units
      let size = min(posed.stride - unit % posed.stride, left - units)
      let index = query.cutIndices[unit / posed.stride]
      let cost = try cutCost(index, offsetCount: size, rowCount: posed.rowCount)
      if sum + cost > passes {
        let part = min(size, Self.ceiling((passes - sum) / max(cost, 1e-300) * Double(size)))
        if units == 0, !posed.isPrepared, posed.before.evaluations > 0 {
          sum += try cutCost(index, offsetCount: part, rowCount: posed.rowCount)
          if sum > passes + 1 { return 0 }
        }
        return units + part
      }
      sum += cost
      units += size
    }
    return left
  }

  /// The highest cost of a move or of one offset of a cut on the training split, over all parameters, in passes.
  private func highestCutCost() throws(ComponentError) -> Double {
    if let known = knownHighestCutCost { return known }
    var most = 0.0
    for index in 0..<dimension {
      most = max(most, try cutCost(index, offsetCount: 1, rowCount: schedule.rowCount))
      most = max(most, try moveCost(index, rowCount: schedule.rowCount))
      if isDirect { break }
    }
    knownHighestCutCost = most
    return most
  }

  /// The least integer that is not below `value`, and at least 1.
  private static func ceiling(_ value: Double) -> Int {
    value < 0x1p52 ? max(1, Int(value.rounded(.up))) : .max
  }

  /// What a cut costs that works on all rows: an estimate, mostly too high, where only some change.
  private func cutCost(
    _ index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    if isDirect {
      return parts.dataset.cutCost * Double(offsetCount) * costs.point(rowCount: rowCount)
    }
    let work = try parts.model.cutWork(
      index: index, offsetCount: offsetCount, rowCount: rowCount)
    return costs.cut(work: work, offsetCount: offsetCount, rowCount: rowCount)
  }

  /// What a move costs that works on all rows.
  func moveCost(_ index: Int, rowCount: Int) throws(ComponentError) -> Double {
    if isDirect { return parts.dataset.cutCost * costs.point(rowCount: rowCount) }
    let work = try parts.model.cutWork(index: index, offsetCount: 0, rowCount: rowCount)
    return costs.move(work: work, rowCount: rowCount)
  }
}
