internal import QHostInterfaces

extension MOS6502Target {
  /// Refuses calibration data that does not belong to the model.
  static func check(_ calibration: Calibration, _ width: Int) throws(ComponentError) {
    guard calibration.inputs.count == calibration.rowCount * width else {
      throw .data(
        "the calibration data has \(calibration.inputs.count) numbers in "
          + "\(calibration.rowCount) rows, the model takes \(width) a row; give rows of its dataset"
      )
    }
    try checkNumbers(calibration.inputs, width, "calibration")
  }

  static func checkNumbers(
    _ inputs: [Float], _ width: Int, _ role: String
  ) throws(ComponentError) {
    guard let place = inputs.firstIndex(where: { !$0.isFinite }) else { return }
    throw .data(
      "\(role) row \(place / max(width, 1) + 1), feature \(place % max(width, 1) + 1) is "
        + "\(inputs[place]); remove or correct that row")
  }

  /// How many inputs are shown in a line: an image's width, else those of a square, else up to 32.
  static func lineWidth(_ shape: Shape) -> Int {
    if shape.extents.count > 1 { return max(shape.extents[shape.extents.count - 1], 1) }
    let root = Int(Double(shape.count).squareRoot())
    return root * root == shape.count ? max(root, 1) : min(max(shape.count, 1), 32)
  }
}
