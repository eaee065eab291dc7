/// Rows that came together, in their order.
struct OnlineBlock {
  /// [B × F], as they came; NaN: not known.
  var inputs: [Float] = []
  /// [B × T]; NaN: the label does not come.
  var targets: [Float] = []
  /// B, the number of rows.
  var rowCount = 0
  /// Rows with a number that is not known.
  var gapRows: [Int] = []

  /// Empties it and keeps its memory.
  mutating func clear() {
    inputs.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    gapRows.removeAll(keepingCapacity: true)
    rowCount = 0
  }
}
