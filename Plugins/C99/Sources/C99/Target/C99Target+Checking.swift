internal import QHostInterfaces

extension C99Target {
  /// Refuses calibration data that does not belong to the model.
  static func check(_ calibration: Calibration, _ width: Int) throws(ComponentError) {
    guard calibration.inputs.count == calibration.rowCount * width else {
      throw .data(
        "the calibration data has \(calibration.inputs.count) numbers in "
          + "\(calibration.rowCount) rows, the model takes \(width) a row; give rows of its dataset"
      )
    }
  }

  /// Refuses inputs that are not numbers.
  static func checkNumbers(_ inputs: [Float], _ width: Int) throws(ComponentError) {
    guard let place = inputs.firstIndex(where: { !$0.isFinite }) else { return }
    throw .data(
      "input row \(place / max(width, 1) + 1), feature \(place % max(width, 1) + 1) is "
        + "\(inputs[place]); remove or correct that row")
  }

  /// The prefix of names: an identifier of C.
  static func checked(_ name: String) throws(ComponentError) -> String {
    let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard isName, let first = name.first, first.isLetter, name.count <= 24, name != "main" else {
      throw .parameter(
        "target.name = '\(name)' cannot begin the name of a function in C; use up to 24 letters, digits "
          + "and '_', a letter first")
    }
    return name
  }
}
