import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting

/// A `qnn` around a perceptron of 5 inputs, some hidden units and 3 outputs.
enum QNNCase {
  static let mapping = Mapping(
    task: .classification, input: Shape([5]), output: Shape([3]))

  /// What users get who set nothing but `values`.
  static func request(
    for descriptor: ComponentDescriptor, _ values: [String: ParameterValue] = [:],
    seed: UInt64 = 1
  ) -> ComponentRequest {
    var all = values
    for parameter in descriptor.parameters where all[parameter.name] == nil {
      let text = parameter.defaultValue ?? ""
      all[parameter.name] =
        switch parameter.type {
        case .integer: .integer(Int(text) ?? 0)
        case .real: .real(Double(text) ?? 0)
        case .boolean: .boolean(text == "true")
        case .choice:
          .choice(text, index: parameter.choices.firstIndex { $0.name == text } ?? 0)
        case .text, .path: .text(text)
        case .integers: .integers(text.split(separator: ",").compactMap { Int($0) })
        case .reals: .reals(text.split(separator: ",").compactMap { Double($0) })
        }
    }
    return ComponentRequest(
      configuration: Configuration(all), host: TestHost(seed: seed))
  }

  static func inner(hidden: [Int]) throws -> any Model {
    try MLP(request: request(for: MLP.descriptor, ["hidden": .integers(hidden)]), mapping: mapping)
  }

  static func model(
    _ values: [String: ParameterValue] = [:], hidden: [Int] = [16], inner: (any Model)? = nil,
    seed: UInt64 = 1
  ) throws -> QNN {
    var request = request(for: QNN.descriptor, values, seed: seed)
    request.models["inner"] = try inner ?? self.inner(hidden: hidden)
    return try QNN(request: request, mapping: mapping)
  }

  static func rows(_ count: Int) -> [Float] {
    (0..<5 * count).map { Float(($0 * 37 + 5) % 41 - 20) / 20 }
  }

  /// Outputs [C × B] at a point.
  static func outputs(
    _ session: any ModelSession, _ point: [Double], rowCount: Int, draw: UInt64? = nil
  ) throws -> [Float] {
    var outputs = [Float](repeating: .nan, count: 3 * rowCount)
    try point.withUnsafeBufferPointer { point in
      try outputs.withUnsafeMutableBufferPointer { outputs in
        guard let draw else {
          try session.forward(parameters: point, pointCount: 1, outputs: outputs)
          return
        }
        try [draw].withUnsafeBufferPointer {
          try session.forward(parameters: point, draws: $0, outputs: outputs)
        }
      }
    }
    return outputs
  }
}
