internal import QHostInterfaces

/// A query that is being answered piece by piece.
///
/// Its units are points, the gradient, or the offsets of cuts, one coordinate after the other. What it
/// has cost after this many units depends on their number alone, never on how they were cut into pieces:
/// pieces are made by the clock, and a run must repeat.
struct PosedQuery {
  let evaluator: any Evaluator
  /// The rows that it is answered on.
  let rowCount: Int
  /// What a loss on these rows costs.
  let pointCost: Double
  /// Whether what its cuts cost is counted while they are answered; else it is known before.
  let isCounted: Bool
  /// How many losses it asks for; 1 for a gradient.
  let unitCount: Int
  /// Offsets of each coordinate; 1 for points and gradients.
  let stride: Int
  /// What the run had cost before.
  let before: Cost
  /// The random numbers of its candidates, where the objective is stochastic.
  let draws: Draws
  /// How many units are answered.
  var answered = 0
  /// Units answered before the last piece.
  var pieceStart = 0
  /// What opening and moving cost.
  var preparation = 0.0
  /// What was counted up to the last piece.
  var countedBefore = 0.0
  /// What was counted.
  var counted = 0.0
  /// What the whole coordinates before the last piece cost, where that is known before.
  var declaredBefore = 0.0
  /// Whether the base point has been moved.
  var isPrepared = false

  /// Whether all of it is answered.
  var isWhole: Bool { answered == unitCount }
}
