internal import QHostBridging
internal import QHostInterfaces

/// A session of a model with rows in guarded memory, which the model may read and nothing else.
final class ModelTrial {
  static let rowCount = 7

  let model: ForeignModel
  let mapping: Mapping
  let session: any ModelSession
  private let inputs: GuardedMemory<Float>
  private var n: Int { model.modelDescription.parameterCount }

  init(
    _ model: ForeignModel, _ mapping: Mapping, _ subject: CheckSubject, stream: UInt64 = 0
  ) throws {
    self.model = model
    self.mapping = mapping
    let values = subject.numbers(mapping.input.count * Self.rowCount, stream: stream).map(
      Float.init)
    inputs = try GuardedMemory(values)
    inputs.makeReadOnly()
    session = try model.makeSession()
    try session.bind(
      inputs: UnsafeBufferPointer(inputs.elements), rowCount: Self.rowCount)
    let description = model.modelDescription
    if description.isStochastic {
      try (0..<UInt64(Self.rowCount)).map { $0 }.withUnsafeBufferPointer {
        try session.bindRows(keys: $0)
      }
    }
    if description.takesSeries {
      let steps = UInt64(mapping.input.extents.first ?? 1)
      try [UInt64](repeating: steps, count: Self.rowCount).withUnsafeBufferPointer {
        try session.bindSeries(lengths: $0, start: .separate)
      }
    }
  }

  /// Outputs [P × C × B] of points, both in guarded memory.
  func forward(_ points: [[Double]]) throws -> [Float] {
    let outputs = try GuardedMemory(
      [Float](repeating: .nan, count: points.count * mapping.output.count * Self.rowCount))
    let parameters = try GuardedMemory(points.flatMap { $0 })
    parameters.makeReadOnly()
    guard model.modelDescription.isStochastic else {
      try session.forward(
        parameters: UnsafeBufferPointer(parameters.elements), pointCount: points.count,
        outputs: outputs.elements)
      return outputs.values
    }
    try [UInt64](repeating: 1, count: points.count).withUnsafeBufferPointer {
      try session.forward(
        parameters: UnsafeBufferPointer(parameters.elements), draws: $0, outputs: outputs.elements)
    }
    return outputs.values
  }

  /// The gradient [n] of Σ weights · outputs at the last point.
  func gradient(_ weights: [Float]) throws -> [Double] {
    let gradient = try GuardedMemory([Double](repeating: .nan, count: n))
    let slopes = try GuardedMemory(weights)
    slopes.makeReadOnly()
    try session.backward(
      outputGradients: UnsafeBufferPointer(slopes.elements), gradient: gradient.elements)
    return gradient.values
  }

  /// Outputs [K × C × B] of a cut.
  func cut(_ index: Int, _ offsets: [Double]) throws -> [Float] {
    let outputs = try GuardedMemory(
      [Float](repeating: .nan, count: offsets.count * mapping.output.count * Self.rowCount))
    try offsets.withUnsafeBufferPointer {
      try session.cut(index: index, offsets: $0, outputs: outputs.elements)
    }
    return outputs.values
  }

  /// Makes a point the base of cuts.
  func openCuts(_ point: [Double]) throws {
    try point.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
  }

  /// The largest difference of two lists of outputs, relative to those above 1.
  static func difference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { pair in
      if pair.0 == pair.1 { return 0 }
      let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
      return difference.isNaN ? .infinity : difference
    }.max() ?? 0
  }
}
