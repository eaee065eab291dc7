import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting

/// A compressor around a model, in this process.
struct CompressorCase {
  static let mapping = Mapping(task: .classification, input: Shape([4]), output: Shape([3]))

  /// A perceptron 4-`hidden`-3.
  static func perceptron(hidden: Int = 6) throws -> MLP {
    try MLP(
      request: QHostTesting.request(for: MLP.descriptor, ["hidden": .integers([hidden])]),
      mapping: mapping)
  }

  /// A request for a compressor around a model.
  static func request(
    for descriptor: ComponentDescriptor, _ changes: [String: ParameterValue] = [:],
    around inner: any Model, from trained: [Double]? = nil, seed: UInt64 = 1
  ) -> ComponentRequest {
    var request = ComponentRequest(
      configuration: configuration(for: descriptor, changes), host: TestHost(seed: seed),
      models: ["inner": inner])
    request.trainedParameters["inner"] = trained
    return request
  }

  static func subspace(
    _ projection: String = "hashed", numbers: Int = 10, around inner: (any Model)? = nil,
    from trained: [Double]? = nil, seed: UInt64 = 1
  ) throws -> Subspace {
    try Subspace(
      request: request(
        for: Subspace.descriptor,
        ["numbers": .integer(numbers), "projection": .choice(projection, index: 0)],
        around: inner ?? perceptron(), from: trained, seed: seed), mapping: mapping)
  }

  static func coordinateNet(
    _ changes: [String: ParameterValue] = [:], around inner: (any Model)? = nil,
    from trained: [Double]? = nil
  ) throws -> CoordinateNet {
    try CoordinateNet(
      request: request(
        for: CoordinateNet.descriptor, changes, around: inner ?? perceptron(hidden: 16),
        from: trained),
      mapping: mapping)
  }

  /// Every kind of generating, around a small perceptron.
  static func all() throws -> [(name: String, model: any WrappingModel)] {
    [
      ("hashed", try subspace("hashed")), ("dense", try subspace("dense")),
      ("bits", try coordinateNet()),
      ("places", try coordinateNet(["inputs": .choice("places", index: 1)])),
      ("two layers", try coordinateNet(["hidden": .integers([5, 4])])),
    ]
  }
}
