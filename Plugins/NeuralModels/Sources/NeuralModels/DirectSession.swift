internal import QHostInterfaces

/// A block of rows that all have the parameters as their outputs.
final class DirectSession: ModelSession {
  private let parameterCount: Int
  private var rowCount = 0
  private var base: [Double] = []

  init(parameterCount: Int) { self.parameterCount = parameterCount }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.rowCount = rowCount
    base.removeAll(keepingCapacity: true)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    base.removeAll(keepingCapacity: true)
    for output in 0..<pointCount * parameterCount {
      fill(output, with: parameters[output], outputs)
    }
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    for output in 0..<parameterCount {
      var sum = 0.0
      for row in output * rowCount..<(output + 1) * rowCount { sum += Double(outputGradients[row]) }
      gradient[output] = sum
    }
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    base.removeAll(keepingCapacity: true)
    base.append(contentsOf: parameters[..<parameterCount])
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try checkOpen()
    precondition(index >= 0 && index < parameterCount, "no parameter \(index)")
    for (point, offset) in offsets.enumerated() {
      for output in 0..<parameterCount {
        let value = output == index ? base[output] + offset : base[output]
        fill(point * parameterCount + output, with: value, outputs)
      }
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    try checkOpen()
    base[index] += delta
  }

  private func checkOpen() throws(ComponentError) {
    guard !base.isEmpty else {
      throw ComponentError("cuts are closed; open them after binding rows or a forward pass")
    }
  }

  private func fill(
    _ output: Int, with value: Double, _ outputs: UnsafeMutableBufferPointer<Float>
  ) {
    for row in output * rowCount..<(output + 1) * rowCount { outputs[row] = Float(value) }
  }
}
