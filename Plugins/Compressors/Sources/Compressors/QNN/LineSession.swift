internal import QHostInterfaces

/// A session of a `qnn` with exact probabilities, which has cuts: an angle's needs three circuits for all offsets and
/// all blocks of rows, one for each block and offset otherwise.
final class LineSession: ModelSession {
  private let whole: GeneratedSession<QNNGenerator>
  private let generator: QNNGenerator
  private let outputCount: Int
  private var base: [Double]
  private var weights: [Double]
  private var rowCount = 0

  init(
    of model: any Model, generator: QNNGenerator, outputCount: Int
  ) throws(ComponentError) {
    whole = try GeneratedSession(
      of: model, generator: generator, parameterCount: generator.parameterCount,
      outputCount: outputCount)
    self.generator = generator
    self.outputCount = outputCount
    base = [Double](repeating: 0, count: generator.parameterCount)
    weights = [Double](repeating: 0, count: model.modelDescription.parameterCount)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.rowCount = rowCount
    try whole.bind(inputs: inputs, rowCount: rowCount)
  }

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    try whole.bindSeries(lengths: lengths, start: start)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try whole.forward(parameters: parameters, pointCount: pointCount, outputs: outputs)
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try whole.backward(outputGradients: outputGradients, gradient: gradient)
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    base = Array(parameters)
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let size = outputCount * rowCount
    for (place, offset) in offsets.enumerated() {
      base.withUnsafeBufferPointer { base in
        weights.withUnsafeMutableBufferPointer {
          generator.generate(base, index: index, offset: offset, into: $0)
        }
      }
      let to = UnsafeMutableBufferPointer(rebasing: outputs[place * size..<(place + 1) * size])
      try weights.withUnsafeBufferPointer { (weights) throws(ComponentError) in
        try whole.inner.forward(parameters: weights, pointCount: 1, outputs: to)
      }
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) { base[index] += delta }
}
