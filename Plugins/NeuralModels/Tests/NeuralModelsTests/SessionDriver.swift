import QHostInterfaces
import QHostTesting

/// A model and a session of it, driven with arrays; it owns the inputs that it binds.
final class SessionDriver {
  let model: any Model
  let session: any ModelSession
  let outputCount: Int
  private(set) var rowCount = 0
  private var inputs: UnsafeMutableBufferPointer<Float> = .allocate(capacity: 0)

  init(_ model: any Model, outputCount: Int) throws {
    self.model = model
    self.outputCount = outputCount
    session = try model.makeSession()
  }

  deinit { inputs.deallocate() }

  func bind(_ values: [Float], rowCount: Int) throws {
    let new = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    _ = new.initialize(from: values)
    try session.bind(inputs: UnsafeBufferPointer(new), rowCount: rowCount)
    inputs.deallocate()
    inputs = new
    self.rowCount = rowCount
  }

  func forward(_ parameters: [Double], pointCount: Int = 1) throws -> [Float] {
    try filled(pointCount * outputCount * rowCount) { outputs in
      try parameters.withUnsafeBufferPointer {
        try session.forward(parameters: $0, pointCount: pointCount, outputs: outputs)
      }
    }
  }

  func backward(_ outputGradients: [Float]) throws -> [Double] {
    var gradient = [Double](repeating: .nan, count: model.modelDescription.parameterCount)
    try outputGradients.withUnsafeBufferPointer { slopes in
      try gradient.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: slopes, gradient: $0)
      }
    }
    return gradient
  }

  func openCuts(_ parameters: [Double]) throws {
    try parameters.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
  }

  func cut(_ index: Int, _ offsets: [Double]) throws -> [Float] {
    try filled(offsets.count * outputCount * rowCount) { outputs in
      try offsets.withUnsafeBufferPointer {
        try session.cut(index: index, offsets: $0, outputs: outputs)
      }
    }
  }

  private func filled(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows -> [Float] {
    // What follows the outputs must stay as it was.
    var values = [Float](repeating: .nan, count: count + 16)
    try values.withUnsafeMutableBufferPointer {
      try body(UnsafeMutableBufferPointer(rebasing: $0[..<count]))
    }
    precondition(values[count...].allSatisfy(\.isNaN), "written beyond the end")
    return Array(values[..<count])
  }
}

/// Numbers uniform over [-range, range), the same for the same seed.
func numbers(_ count: Int, range: Double = 1, seed: UInt64) -> [Double] {
  TestHost(seed: seed).uniforms(step: 0, index: 0, count: count).map { (2 * $0 - 1) * range }
}

/// The largest distance between two lists, NaN if any is.
func distance(_ first: [Float], _ second: some Collection<Double>) -> Double {
  precondition(first.count == second.count, "\(first.count) and \(second.count) elements")
  return zip(first, second).reduce(0) { largest, pair in
    let gap = abs(Double(pair.0) - pair.1)
    return gap > largest || gap.isNaN ? gap : largest
  }
}

func mapping(_ inputs: [Int], _ outputs: Int, _ task: Task = .classification) -> Mapping {
  Mapping(task: task, input: Shape(inputs), output: Shape([outputs]))
}
