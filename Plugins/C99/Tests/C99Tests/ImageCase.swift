import QHostInterfaces

/// A graph of convolutions and pools.
struct ImageCase: Sendable, CustomStringConvertible {
  var shape = [2, 7, 6]
  var filters = 4
  var kernel = [3, 2]
  var attributes: [String: Graph.Attribute] = [:]
  var groups = 1
  var pool: String?
  var poolAttributes: [String: Graph.Attribute] = [
    "kernel_shape": .integers([2, 2]), "strides": .integers([2, 2]),
  ]

  var description: String {
    let words = (attributes.merging(poolAttributes) { $1 }).sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }
    return "\(shape) \(filters) \(kernel) \(groups) \(pool ?? "no pool") \(words)"
  }

  /// The graph, whose result has `count` numbers.
  func graph(_ count: Int) -> Graph {
    var builder = GraphBuilder(shape)
    let channels = shape[0] / groups
    let taps = channels * kernel[0] * kernel[1]
    let weights = builder.constant(
      [filters, channels] + kernel, .float(numbers(filters * taps, seed: 3)))
    let biases = builder.constant([filters], .float(numbers(filters, seed: 4)))
    var attributes = attributes
    if groups > 1 { attributes["group"] = .integers([groups]) }
    builder.append("Conv", [weights, biases], with: attributes)
    if let pool { builder.append(pool, with: poolAttributes) }
    builder.append("Relu")
    builder.append("Flatten")
    return builder.finished(count)
  }

  private static let padded: [String: Graph.Attribute] = ["pads": .integers([1, 0, 2, 1])]

  static let all = [
    ImageCase(), ImageCase(attributes: padded),
    ImageCase(attributes: ["strides": .integers([2, 3]), "pads": .integers([1, 1, 1, 1])]),
    ImageCase(attributes: ["dilations": .integers([2, 1])]),
    ImageCase(shape: [4, 5, 5], filters: 6, groups: 2), ImageCase(pool: "MaxPool"),
    ImageCase(pool: "AveragePool"), ImageCase(attributes: padded, pool: "MaxPool"),
    ImageCase(
      pool: "MaxPool",
      poolAttributes: ["kernel_shape": .integers([3, 2]), "strides": .integers([1, 2])]),
    ImageCase(
      pool: "MaxPool",
      poolAttributes: ["kernel_shape": .integers([2, 2]), "pads": .integers([1, 1, 0, 0])]),
    ImageCase(
      pool: "AveragePool",
      poolAttributes: [
        "kernel_shape": .integers([3, 3]), "strides": .integers([2, 2]),
        "pads": .integers([1, 1, 1, 1]),
      ]),
    ImageCase(
      pool: "AveragePool",
      poolAttributes: [
        "kernel_shape": .integers([3, 3]), "strides": .integers([2, 2]),
        "pads": .integers([1, 1, 1, 1]), "count_include_pad": .integers([1]),
      ]),
  ]
}
