import QHostBridging
import QHostInterfaces
import QHostPluginTesting

/// A model of a library, made for a mapping, with rows to work on.
final class ModelCase {
  static let rowCount = 7

  /// What models are asked for: classes of shaped inputs, numbers, and the outputs of a scenario.
  static let mappings = [
    Mapping(task: .classification, input: Shape([2, 3]), output: Shape([3])),
    Mapping(task: .classification, input: Shape([8, 8]), output: Shape([3])),
    Mapping(task: .regression, input: Shape([5]), output: Shape([2])),
    Mapping(
      task: .scenario, input: Shape([1]), output: Shape([4]), outputLower: [-1, 0, -2, 1],
      outputUpper: [1, 3, 2, 5]),
  ]

  let model: any Model
  let mapping: Mapping
  let settings: [String]

  var description: ModelDescription { model.modelDescription }
  var parameterCount: Int { description.parameterCount }
  var outputCount: Int { mapping.output.count }

  init(_ model: any Model, _ mapping: Mapping, _ settings: [String] = []) {
    self.model = model
    self.mapping = mapping
    self.settings = settings
  }

  /// Every variant of a model on every mapping that it takes.
  static func all(_ component: BenchComponent, seed: UInt64 = 1) throws -> [ModelCase] {
    var cases: [ModelCase] = []
    for settings in component.variants {
      for mapping in mappings {
        let request = try component.request(settings, seed: seed, mapping: mapping)
        do throws(ComponentError) {
          let model = try ForeignModel(component.component, request: request, mapping: mapping)
          cases.append(ModelCase(model, mapping, settings))
        } catch {
          // A mapping that does not suit it is refused as the user's choice, with its name.
          guard error.kind != .plugin, error.message.contains(component.name) else { throw error }
        }
      }
    }
    return cases
  }

  /// A starting point; of a model that generates another one's parameters these, which is what a start is there.
  func start(_ start: UInt64) throws -> [Double] {
    let point = try model.initialParameters(start: start)
    guard let model = model as? ForeignModel, model.innerModel != nil else { return point }
    return try model.innerParameters(at: point)
  }

  /// Inputs [F × B] between −1 and 1, different for each `block`.
  func inputs(_ block: Int = 0) -> [Float] {
    (0..<mapping.input.count * Self.rowCount).map { place in
      Float(((place * 37 + block * 11 + 5) % 41) - 20) / 20
    }
  }

  func session(_ inputs: UnsafeBufferPointer<Float>) throws -> any ModelSession {
    let session = try model.makeSession()
    try session.bind(inputs: inputs, rowCount: Self.rowCount)
    return session
  }

  /// Does something with a session that has rows.
  func withSession<R>(
    block: Int = 0, _ body: (any ModelSession) throws -> R
  ) throws -> R {
    try inputs(block).withUnsafeBufferPointer { try body(try session($0)) }
  }

  /// Outputs [P × C × B].
  func forward(_ session: any ModelSession, _ points: [[Double]]) throws -> [Float] {
    var outputs = [Float](
      repeating: .nan, count: points.count * outputCount * Self.rowCount)
    try points.flatMap { $0 }.withUnsafeBufferPointer { parameters in
      try outputs.withUnsafeMutableBufferPointer {
        try session.forward(parameters: parameters, pointCount: points.count, outputs: $0)
      }
    }
    return outputs
  }

  /// Outputs [K × C × B] of a cut.
  func cut(_ session: any ModelSession, _ index: Int, _ offsets: [Double]) throws -> [Float] {
    var outputs = [Float](
      repeating: .nan, count: offsets.count * outputCount * Self.rowCount)
    try offsets.withUnsafeBufferPointer { offsets in
      try outputs.withUnsafeMutableBufferPointer {
        try session.cut(index: index, offsets: offsets, outputs: $0)
      }
    }
    return outputs
  }

  /// The gradient [n] of Σ weights · outputs.
  func gradient(_ session: any ModelSession, weights: [Float]) throws -> [Double] {
    var gradient = [Double](repeating: .nan, count: parameterCount)
    try weights.withUnsafeBufferPointer { weights in
      try gradient.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: weights, gradient: $0)
      }
    }
    return gradient
  }

  /// The largest difference of two lists of outputs, relative to outputs above 1.
  static func difference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { pair in
      let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
      return difference.isNaN ? .infinity : difference
    }.max() ?? 0
  }
}
