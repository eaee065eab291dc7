import QHostInterfaces

/// Cuts: a parameter adds its feature to one output.
extension ReservoirSession {
  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    try refuseWithheld("cuts do not go through outputs that are fed back")
    baseOutputs = outputs(at: parameters)
    base = Array(parameters)
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try requireBase()
    let (output, size) = (index / featureCount, outputCount * rowCount)
    let feature = feature(index % featureCount)
    for (place, offset) in offsets.enumerated() {
      for index in 0..<size { outputs[place * size + index] = Float(baseOutputs[index]) }
      let first = place * size + output * rowCount
      for (row, number) in feature.enumerated() {
        outputs[first + row] = Float(baseOutputs[output * rowCount + row] + offset * Double(number))
      }
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    try requireBase()
    base[index] += delta
    let output = index / featureCount
    for (row, number) in feature(index % featureCount).enumerated() {
      baseOutputs[output * rowCount + row] += delta * Double(number)
    }
  }

  private func requireBase() throws(ComponentError) {
    guard !base.isEmpty else {
      throw ComponentError("reservoir: cuts are closed; open them after binding rows")
    }
  }
}
