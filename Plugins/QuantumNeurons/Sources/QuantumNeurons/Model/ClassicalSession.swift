internal import QHostInterfaces

/// The circuit's drives as a linear model: output c of a row is k Σ b ε, with its gradient by ε.
final class ClassicalSession: ModelSession {
  private let model: QuantumNeurons
  /// Input, output and strength of each coupling; strength −1: it is fixed.
  private let couplings: [(input: Int, output: Int, strength: Int, value: Double)]
  private var brightness: [[Float]] = []

  init(_ model: QuantumNeurons) {
    self.model = model
    let graph = model.settings.graph
    couplings = graph.couplings.compactMap { coupling in
      guard case .input(let input) = coupling.source,
        let output = graph.outputs.firstIndex(of: coupling.target)
      else { return nil }
      switch coupling.value {
      case .fixed(let value): return (input, output, -1, value)
      case .strength(let index): return (input, output, index, 0)
      }
    }
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    brightness = try model.brightness(inputs, rowCount: rowCount)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    let (n, rowCount) = (model.modelDescription.parameterCount, brightness.count)
    let outputCount = model.settings.graph.outputs.count
    for point in 0..<pointCount {
      for (row, inputs) in brightness.enumerated() {
        var sums = [Double](repeating: 0, count: outputCount)
        for coupling in couplings {
          let value =
            coupling.strength < 0 ? coupling.value : parameters[point * n + coupling.strength]
          sums[coupling.output] += Double(inputs[coupling.input]) * value
        }
        for (output, sum) in sums.enumerated() {
          outputs[(point * outputCount + output) * rowCount + row] = Float(model.settings.k * sum)
        }
      }
    }
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) {
    gradient.update(repeating: 0)
    let (rowCount, k) = (brightness.count, model.settings.k)
    for (row, inputs) in brightness.enumerated() {
      for coupling in couplings where coupling.strength >= 0 {
        let slope = Double(outputGradients[coupling.output * rowCount + row])
        gradient[coupling.strength] += k * slope * Double(inputs[coupling.input])
      }
    }
  }
}
