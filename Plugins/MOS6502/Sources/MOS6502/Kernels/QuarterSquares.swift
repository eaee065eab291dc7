/// Products from a table of quarter squares: w x = q(w + x) - q(w - x), q(n) = ⌊n²/4⌋.
///
/// The sum and the difference are both even or both odd, so that what is rounded off cancels.
/// Source: the method is Babylonian; the tables are those of J. Blater (1887).
struct QuarterSquares {
  /// The largest |w|.
  let weightLimit: Int
  /// The largest x.
  let inputLimit: Int

  /// The table: q(n) for n = -reach to reach.
  var reach: Int { weightLimit + inputLimit }
  var values: [Int] { (-reach...reach).map { $0 * $0 / 4 } }
  /// Whether values need two bytes.
  var isWide: Bool { reach * reach / 4 > 255 }
  /// The place of q(w ± x) in the table, less that of the weight's byte w + limit and less ± x.
  var origin: Int { inputLimit }

  init(_ layer: IntegerNetwork.Layer, inputLimit: Int) {
    weightLimit = layer.weights.joined().reduce(0) { max($0, abs($1)) }
    self.inputLimit = inputLimit
  }
}
