internal import QHostInterfaces

/// What a classifier's file does to the outputs of its last layer, which is left out.
///
/// Softmax and LogSoftmax leave the order of the outputs alone, ArgMax picks the largest, the first among equals, as
/// the host does; ArrayFeatureExtractor and ZipMap give classes names. A network with two classes and one output z
/// has the probabilities 1 − Sigmoid(z), Sigmoid(z): the outputs 0 and z have the same order.
struct NetworkTail {
  /// The value that the outputs are of.
  private(set) var score = ""
  /// The classes' names, in the order of the outputs; empty: not named.
  private(set) var labels: [String] = []
  /// The nodes, in the file's order.
  private(set) var leftOut: [ONNXModel.Node] = []
  /// Whether the one score z stands for the outputs 0 and z.
  private(set) var isBinary = false

  private let model: ONNXModel
  private let producers: [String: Int]
  private var places: Set<Int> = []

  init(_ model: ONNXModel) throws(ComponentError) {
    self.model = model
    var producers: [String: Int] = [:]
    for (place, node) in model.nodes.enumerated() {
      for output in node.outputs { producers[output] = place }
    }
    self.producers = producers
    guard let first = model.outputs.first else {
      throw .data("it has no output; the file is damaged")
    }
    score = try scores(of: first.name)
    for other in model.outputs.dropFirst() {
      guard try scores(of: other.name) == score else {
        let names = model.outputs.map { "'\($0.name)'" }.joined(separator: ", ")
        throw .unsupported(
          "it has \(model.outputs.count) outputs, \(names), which are not the classes and "
            + "probabilities of one value; export one of them")
      }
    }
    leftOut = places.sorted().map { model.nodes[$0] }
  }

  /// The value that an output picks a class of; the output itself, where it picks none.
  private mutating func scores(of output: String) throws(ComponentError) -> String {
    var (found, value) = (output, output)
    // Nodes that only pass on are left out when something that picks a class is before them.
    var passed: [Int] = []
    while let place = producers[value] {
      let node = model.nodes[place]
      guard let step = try step(over: node) else { break }
      passed.append(place)
      value = step.value
      guard step.isPicking else { continue }
      places.formUnion(passed)
      passed = []
      found = value
    }
    return found
  }

  private mutating func step(
    over node: ONNXModel.Node
  ) throws(ComponentError) -> (value: String, isPicking: Bool)? {
    guard let input = node.inputs.first else { return nil }
    switch node.title {
    case "Identity", "Cast", "Reshape": return (input, false)
    case "Softmax", "LogSoftmax":
      try checkAxis(node, [1, -1], default: (model.operatorSets[""] ?? 0) < 13 ? 1 : -1)
      return (input, true)
    case "ArgMax":
      try checkAxis(node, [1, -1], default: 0)
      guard node.attributes["select_last_index"] ?? .integer(0) == .integer(0) else {
        throw .unsupported("node '\(node.name)' (ArgMax) takes the last of equals, not the first")
      }
      return (input, true)
    case "ai.onnx.ml.ZipMap":
      switch (node.attributes["classlabels_int64s"], node.attributes["classlabels_strings"]) {
      case (.integers(let numbers), _): try note(numbers.map(String.init), node)
      case (_, .texts(let texts)): try note(texts, node)
      default: break
      }
      return (input, true)
    case "ai.onnx.ml.ArrayFeatureExtractor" where node.inputs.count == 2:
      guard let names = model.initializers.first(where: { $0.name == input }) else { return nil }
      switch names.contents {
      case .numbers(.int32(let numbers)): try note(numbers.map { String($0) }, node)
      case .numbers(.int64(let numbers)): try note(numbers.map { String($0) }, node)
      case .texts(let texts): try note(texts, node)
      default: return nil
      }
      return (node.inputs[1], true)
    case "Concat": return binary(node)
    default: return nil
    }
  }

  private func checkAxis(
    _ node: ONNXModel.Node, _ known: Set<Int>, default standard: Int
  ) throws(ComponentError) {
    var axis = standard
    if case .integer(let value) = node.attributes["axis"] { axis = value }
    guard known.contains(axis) else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) works along axis \(axis), not along the outputs (1)"
      )
    }
  }

  private mutating func note(_ names: [String], _ node: ONNXModel.Node) throws(ComponentError) {
    guard labels.isEmpty || labels == names else {
      throw .data("node '\(node.name)' (\(node.operation)) names other classes than another node")
    }
    labels = names
  }

  /// Concat(1 − s, s) with s = Sigmoid(z).
  private mutating func binary(_ node: ONNXModel.Node) -> (value: String, isPicking: Bool)? {
    guard node.inputs.count == 2, let below = producers[node.inputs[0]],
      let above = producers[node.inputs[1]], model.nodes[below].operation == "Sub",
      model.nodes[below].inputs.count == 2, model.nodes[below].inputs[1] == node.inputs[1],
      model.nodes[above].operation == "Sigmoid",
      let one = model.initializers.first(where: { $0.name == model.nodes[below].inputs[0] }),
      one.contents == .numbers(.float([1])), let score = model.nodes[above].inputs.first
    else { return nil }
    isBinary = true
    places.formUnion([below, above])
    return (score, true)
  }
}
