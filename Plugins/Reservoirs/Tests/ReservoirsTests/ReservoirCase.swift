import QHostInterfaces
import QHostTesting
import Reservoirs

/// A reservoir with rows to work on.
final class ReservoirCase {
  let model: Reservoir
  let session: any ModelSession
  let outputCount: Int
  private var bound: [UnsafeMutableBufferPointer<Float>] = []
  private var rowCount = 0

  init(
    _ changes: [String: ParameterValue], input: [Int] = [1, 2], outputCount: Int = 1,
    seed: UInt64 = 1
  ) throws {
    model = try Reservoir(
      request: request(for: Reservoir.descriptor, changes, host: TestHost(seed: seed)),
      mapping: Mapping(task: .regression, input: Shape(input), output: Shape([outputCount])))
    session = try model.makeSession()
    self.outputCount = outputCount
  }

  deinit { for buffer in bound { buffer.deallocate() } }

  static let tanh = ParameterValue.choice("tanh", index: 1)

  /// Small units of both kinds, with all that they can have.
  static let variants: [[String: ParameterValue]] = [
    ["units": .integer(5), "max_delay": .integer(3), "washout": .integer(0)],
    [
      "units": .integer(7), "recurrence": .real(0.8), "steps": .integer(4),
      "connections": .integer(3), "washout": .integer(0),
    ],
    [
      "units": .integer(6), "unit": tanh, "recurrence": .real(0.9), "traces": .reals([]),
      "washout": .integer(0),
    ],
    ["units": .integer(6), "unit": tanh, "traces": .reals([2]), "washout": .integer(2)],
  ]

  /// Inputs [F × B].
  func bind(_ inputs: [Float], rowCount: Int, _ start: SeriesStart, lengths: [UInt64]? = nil) throws
  {
    let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: inputs.count)
    _ = copy.initialize(from: inputs)
    bound.append(copy)
    self.rowCount = rowCount
    try session.bind(inputs: UnsafeBufferPointer(copy), rowCount: rowCount)
    try (lengths ?? [UInt64](repeating: 1, count: rowCount)).withUnsafeBufferPointer {
      try session.bindSeries(lengths: $0, start: start)
    }
  }

  /// Outputs [C × B].
  func forward(_ point: [Double]) throws -> [Float] {
    var outputs = [Float](repeating: .nan, count: outputCount * rowCount)
    try point.withUnsafeBufferPointer { point in
      try outputs.withUnsafeMutableBufferPointer {
        try session.forward(parameters: point, pointCount: 1, outputs: $0)
      }
    }
    return outputs
  }

  func backward(_ slopes: [Float]) throws -> [Double] {
    var gradient = [Double](repeating: .nan, count: model.modelDescription.parameterCount)
    try slopes.withUnsafeBufferPointer { slopes in
      try gradient.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: slopes, gradient: $0)
      }
    }
    return gradient
  }

  /// Parameters that are not small.
  var point: [Double] {
    (0..<model.modelDescription.parameterCount).map { Double(($0 * 7 + 3) % 11 - 5) / 20 }
  }
}
