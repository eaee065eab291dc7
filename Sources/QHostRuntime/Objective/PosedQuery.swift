internal import QHostInterfaces

/// A query that is being answered piece by piece.
///
/// Its units are points, the gradient, or the offsets of cuts, one coordinate after the other. What it
/// has cost after so many units depends on their number alone, never on how they were cut into pieces:
/// pieces are made by the clock, and a run must repeat.
struct PosedQuery {
  let evaluator: any Evaluator
  /// The rows that it is answered on.
  let rowCount: Int
  /// These rows as a part of the training split.
  let share: Double
  /// How many losses it asks for; 1 for a gradient.
  let unitCount: Int
  /// Offsets of each coordinate; 1 for points and gradients.
  let stride: Int
  /// What the run had cost before.
  let before: Cost
  /// How many units are answered.
  var answered = 0
  /// Units answered before the last piece.
  var pieceStart = 0
  /// Work of opening and moving, in passes of its rows.
  var preparation = 0.0
  /// Work that the model counted up to the last piece, in passes of its rows.
  var countedBefore = 0.0
  /// Work that the model has counted, in passes of its rows.
  var counted = 0.0
  /// Whether the model counts the work of its cuts.
  var isCounted = false
  /// Whether the base point has been moved.
  var isPrepared = false

  /// Whether all of it is answered.
  var isWhole: Bool { answered == unitCount }
}

extension Objective {
  /// What the run has cost after `units` units of a query, 1 or more.
  func cost(of query: borrowing Query, _ posed: borrowing PosedQuery, after units: Int) -> Cost {
    var cost = posed.before
    if query.kind == .gradient {
      cost.countGradient(rows: posed.rowCount, batchRows: batchRows)
    } else {
      cost.countLosses(units, rows: posed.rowCount, batchRows: batchRows)
    }
    cost.forwardEquivalents += posed.share * passes(of: query, posed, after: units)
    cost.discarded = self.cost.discarded
    return cost
  }

  /// The work of `units` units of a query, in passes of its rows.
  func passes(of query: borrowing Query, _ posed: borrowing PosedQuery, after units: Int) -> Double
  {
    switch query.kind {
    case .points, .done: return Double(units)
    case .gradient: return gradientCost
    case .cuts: break
    }
    guard hasFastCuts else { return Double(units) }
    if posed.isCounted {
      let piece = posed.answered - posed.pieceStart
      guard units < posed.answered, piece > 0 else { return posed.preparation + posed.counted }
      let part = Double(units - posed.pieceStart) / Double(piece)
      return posed.preparation + posed.countedBefore + part * (posed.counted - posed.countedBefore)
    }
    var work = posed.preparation
    for place in 0..<units / posed.stride {
      work += cutCosts[query.cutIndices[place]] * Double(posed.stride)
    }
    let rest = units % posed.stride
    if rest > 0 { work += cutCosts[query.cutIndices[units / posed.stride]] * Double(rest) }
    return work
  }

  /// The least that an optimizer's first query costs, in passes of the whole split: one loss on a minibatch, or
  /// its gradient where the optimizer cannot do without.
  func leastPasses(for required: QueryKinds) -> Double {
    let share = Double(batchRows) / Double(schedule.rowCount)
    return share * (required.contains(.gradient) ? gradientCost : 1)
  }

  /// How many of a query's next units `passes` passes of the whole split allow; the last one may exceed
  /// them.
  func affordableUnits(
    of query: borrowing Query, _ posed: borrowing PosedQuery, passes: Double
  ) -> Int {
    let left = posed.unitCount - posed.answered
    let rest = passes / posed.share
    switch query.kind {
    case .gradient, .done: return left
    case .points: return min(left, Self.ceiling(rest))
    case .cuts: break
    }
    guard hasFastCuts else { return min(left, Self.ceiling(rest)) }
    // Opening is done with the first unit.
    var sum = posed.isPrepared || cutState.isOpen ? 0.0 : 1
    var units = 0
    while units < left {
      let unit = posed.answered + units
      let size = min(posed.stride - unit % posed.stride, left - units)
      let cost = cutCosts[query.cutIndices[unit / posed.stride]]
      if sum + cost * Double(size) > rest {
        return max(1, units + min(size, Self.ceiling((rest - sum) / max(cost, 1e-300))))
      }
      sum += cost * Double(size)
      units += size
    }
    return left
  }

  /// The least whole number that is not below `value`, and at least 1.
  private static func ceiling(_ value: Double) -> Int {
    value < 0x1p52 ? max(1, Int(value.rounded(.up))) : .max
  }
}
