internal import QHostInterfaces

/// Moves of the base point, and coordinates to cut along.
struct CutQuery {
  var moveIndices: [Int]
  var moveDeltas: [Double]
  var indices: ArraySlice<Int>
  /// [m × K].
  var offsets: UnsafeBufferPointer<Double>
  var offsetCount: Int
}

/// Answers questions about the objective on one batch of rows.
///
/// Scores are sums over its rows.
protocol Evaluator: AnyObject {
  /// Rows of the batch.
  var rowCount: Int { get }

  /// Whether cuts keep the losses of the rows, and say what they did.
  var keepsLosses: Bool { get }

  /// What it says of a point.
  var shape: ScoreShape { get }

  /// Writes the scores of points [P × n].
  func evaluate(
    points: UnsafeBufferPointer<Double>, draws: Draws, into scores: ScoreBuffer
  ) throws(ComponentError)

  /// Gives the mean loss at a point [n], and writes the mean's gradient [n].
  func gradient(
    point: UnsafeBufferPointer<Double>, draws: Draws,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double

  /// Makes a point the base of cuts, whose losses are means over noise or plain ones.
  func openCuts(base: UnsafeBufferPointer<Double>, noise: CutNoise?) throws(ComponentError)

  /// Makes the moves, then writes the scores along coordinates, [m × K].
  ///
  /// - Returns: the work that was done beside that of the query itself, where the model counts it.
  func cut(_ query: CutQuery, into scores: ScoreBuffer) throws(ComponentError) -> Double?
}

extension Evaluator {
  /// The mean scores of its rows at a point [n].
  func score(at point: [Double], draws: Draws) throws(ComponentError) -> Score {
    let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: shape.width)
    defer { memory.deallocate() }
    let scores = ScoreBuffer(memory, count: 1, shape)
    try point.withUnsafeBufferPointer { (point) throws(ComponentError) in
      try evaluate(points: point, draws: draws, into: scores)
    }
    let scale = 1 / Double(rowCount)
    return Score(
      loss: scores.losses[0] * scale,
      violation: (scores.violations.first ?? 0) * scale,
      objectives: scores.objectives.map { $0 * scale })
  }
}
