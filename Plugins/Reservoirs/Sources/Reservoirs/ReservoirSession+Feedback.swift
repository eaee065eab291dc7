import QHostInterfaces

/// Streams that continue alone: rows are C values, and 0 where these are withheld. There the outputs of the row before take their place.
///
/// A run that diverges has outputs of any size; what is fed back is held within ±10⁴, so that they stay numbers.
extension ReservoirSession {
  private static let largest: Float = 10_000

  /// Whether any of the bound rows has no values of its own.
  var hasWithheldRows: Bool { layout.isFedBack && (0..<rowCount).contains(where: isWithheld) }

  private func isWithheld(_ row: Int) -> Bool { inputs[outputCount * rowCount + row] == 0 }

  /// Says that something does not go where values are withheld.
  func refuseWithheld(_ what: String) throws(ComponentError) {
    guard hasWithheldRows else { return }
    throw .unsupported("reservoir: some rows' values are withheld, and \(what)")
  }

  /// Runs the rows one by one and writes their outputs, [C × B].
  ///
  /// - Returns: where the last one ends.
  /// - Throws: where the first row is withheld and there is none before it.
  func runFreely(
    _ parameters: UnsafeBufferPointer<Double>, _ outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) -> ReservoirState {
    guard start != .separate, firstOutputs != nil || !isWithheld(0) else {
      throw .unsupported(
        "reservoir: the first row's values are withheld, and no output is there to stand in for them; begin with a row whose last "
          + "channel is not 0")
    }
    var state = first
    var value = [Float](repeating: 0, count: outputCount)
    var features = [Float](repeating: 0, count: featureCount)
    for row in 0..<rowCount {
      for unit in 0..<outputCount {
        if !isWithheld(row) {
          value[unit] = inputs[unit * rowCount + row]
        } else {
          let last = row > 0 ? outputs[unit * rowCount + row - 1] : firstOutputs?[unit] ?? 0
          value[unit] = min(max(last, -Self.largest), Self.largest)
        }
      }
      value.withUnsafeBufferPointer { state.show($0) }
      let isSettling = isSettling(state)
      features.withUnsafeMutableBufferPointer { features in
        if let start = features.baseAddress { state.read(into: start, stride: 1) }
      }
      for unit in 0..<outputCount {
        var sum = 0.0
        if !isSettling {
          for (place, feature) in features.enumerated() {
            sum += parameters[unit * featureCount + place] * Double(feature)
          }
        }
        outputs[unit * rowCount + row] = Float(sum)
      }
    }
    return state
  }
}
