internal import QHostInterfaces

extension Objective {
  /// Takes the rows of its table again, which somebody has changed.
  ///
  /// What cuts have kept of their base point is dropped; the point itself stays.
  ///
  /// - Throws: what the model throws.
  func renewRows() throws(ComponentError) {
    cutState.close()
    guard let samples = current as? SampleEvaluator else { return }
    try samples.load(Array(0..<parts.table.rowCount)[...])
  }
}
