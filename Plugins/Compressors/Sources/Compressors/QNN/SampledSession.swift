internal import QHostInterfaces

/// A session of a `qnn` whose weights are random draws: all rows of a draw have the same weights.
final class SampledSession: ModelSession {
  private let inner: any ModelSession
  private let generator: QNNGenerator
  private let outputCount: Int
  private var weights: [Double]
  private var rowCount = 0

  init(
    of model: any Model, generator: QNNGenerator, outputCount: Int
  ) throws(ComponentError) {
    inner = try model.makeSession()
    self.generator = generator
    self.outputCount = outputCount
    weights = [Double](repeating: 0, count: model.modelDescription.parameterCount)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.rowCount = rowCount
    try inner.bind(inputs: inputs, rowCount: rowCount)
  }

  /// Weights are the same for all rows, whatever their keys.
  func bindRows(keys: UnsafeBufferPointer<UInt64>) {}

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    try inner.bindSeries(lengths: lengths, start: start)
  }

  /// The host gives the numbers of draws; without them it is draw 0.
  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let draws = [UInt64](repeating: 0, count: pointCount)
    try draws.withUnsafeBufferPointer { (draws) throws(ComponentError) in
      try forward(parameters: parameters, draws: draws, outputs: outputs)
    }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let (k, size) = (generator.parameterCount, outputCount * rowCount)
    for (point, draw) in draws.enumerated() {
      let own = UnsafeBufferPointer(rebasing: parameters[point * k..<(point + 1) * k])
      let to = UnsafeMutableBufferPointer(rebasing: outputs[point * size..<(point + 1) * size])
      weights.withUnsafeMutableBufferPointer { generator.generate(own, draw: draw, into: $0) }
      try weights.withUnsafeBufferPointer { (weights) throws(ComponentError) in
        try inner.forward(parameters: weights, pointCount: 1, outputs: to)
      }
    }
  }
}
