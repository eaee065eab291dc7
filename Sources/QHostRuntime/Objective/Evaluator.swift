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
/// Losses are sums over its rows.
protocol Evaluator: AnyObject {
  /// Rows of the batch.
  var rowCount: Int { get }

  /// Whether cuts keep the losses of the rows, and say what they did.
  var keepsLosses: Bool { get }

  /// Writes the losses [P] of points [P × n].
  func evaluate(
    points: UnsafeBufferPointer<Double>, count: Int, draws: Draws,
    into losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Gives the mean loss at a point [n], and writes the mean's gradient [n].
  func gradient(
    point: UnsafeBufferPointer<Double>, draws: Draws,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double

  /// Makes a point the base of cuts.
  func openCuts(base: UnsafeBufferPointer<Double>) throws(ComponentError)

  /// Makes the moves, then writes the losses along coordinates, [m × K].
  ///
  /// - Returns: the work that was done beside that of the query itself, where the model counts it.
  func cut(
    _ query: CutQuery, into losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double?
}

extension Evaluator {
  /// The mean loss of its rows at a point [n].
  func loss(at point: [Double], draws: Draws) throws(ComponentError) -> Double {
    var losses = [0.0]
    try point.withUnsafeBufferPointer { (point) throws(ComponentError) in
      try losses.withUnsafeMutableBufferPointer { (losses) throws(ComponentError) in
        try evaluate(points: point, count: 1, draws: draws, into: losses)
      }
    }
    return losses[0] / Double(rowCount)
  }
}
