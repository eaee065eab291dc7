internal import QHostInterfaces
internal import QHostMemory

/// Runs a model over a block of rows at one point.
final class BlockPredictor {
  private let description: ModelDescription
  private let session: any ModelSession
  private let inputCount: Int
  private let stepCount: Int
  private let outputCount: Int
  private var inputs: UnsafeMutableBufferPointer<Float>
  private var outputs: UnsafeMutableBufferPointer<Float>
  private let capacity: Int

  init(_ model: any Model, dataset: DatasetDescription, capacity: Int) throws(ComponentError) {
    description = model.modelDescription
    session = try model.makeSession()
    inputCount = dataset.input.count
    stepCount = dataset.input.extents.count == 2 ? dataset.input.extents[0] : 1
    outputCount = dataset.output.count
    self.capacity = capacity
    inputs = AlignedMemory.zeros(capacity * inputCount)
    outputs = AlignedMemory.zeros(capacity * outputCount)
  }

  deinit {
    inputs.deallocate()
    outputs.deallocate()
  }

  /// Writes what the model says of rows: the class with the highest output, or the number.
  ///
  /// - Parameters:
  ///   - rows: their scaled inputs [B × F].
  ///   - count: B, at most the capacity.
  ///   - first: the number of the first one in the stream, for models of random draws.
  ///   - parameters: [n].
  ///   - predictions: appended, [B]; a number that is not finite where the model says the point is infeasible.
  /// - Throws: what the model throws.
  func predict(
    _ rows: [Float], count: Int, first: Int, parameters: [Double], into predictions: inout [Double]
  ) throws(ComponentError) {
    for row in 0..<count {
      for feature in 0..<inputCount {
        inputs[feature * count + row] = rows[row * inputCount + feature]
      }
    }
    try session.bind(
      inputs: UnsafeBufferPointer(rebasing: inputs[..<(inputCount * count)]), rowCount: count)
    if description.takesSeries {
      let lengths = [UInt64](repeating: UInt64(stepCount), count: count)
      try lengths.withUnsafeBufferPointer { (lengths) throws(ComponentError) in
        try session.bindSeries(lengths: lengths, start: .separate)
      }
    }
    let out = UnsafeMutableBufferPointer(rebasing: outputs[..<(outputCount * count)])
    try parameters.withUnsafeBufferPointer { (point) throws(ComponentError) in
      guard description.isStochastic else {
        return try session.forward(parameters: point, pointCount: 1, outputs: out)
      }
      let keys = (first..<first + count).map { UInt64($0) & 0xFFFF_FFFF }
      try keys.withUnsafeBufferPointer { (keys) throws(ComponentError) in
        try session.bindRows(keys: keys)
      }
      try [UInt64(0)].withUnsafeBufferPointer { (draws) throws(ComponentError) in
        try session.forward(parameters: point, draws: draws, outputs: out)
      }
    }
    for row in 0..<count { predictions.append(prediction(row, count)) }
  }

  private func prediction(_ row: Int, _ count: Int) -> Double {
    guard outputCount > 1 else { return Double(outputs[row]) }
    var best = 0
    for unit in 1..<outputCount where outputs[unit * count + row] > outputs[best * count + row] {
      best = unit
    }
    return Double(best)
  }
}
