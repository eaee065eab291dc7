internal import QHostInterfaces

/// What a classifier's file does to the outputs of its last layer, which is left out.
///
/// Softmax and LogSoftmax leave the order of the outputs alone, ArgMax picks the largest, the first among equals, as
/// the host does; ArrayFeatureExtractor and ZipMap give classes names. A network with two classes and one output z
/// has the probabilities 1 − Sigmoid(z), Sigmoid(z): the outputs 0 and z have the same order.
struct NetworkTail {
  /// Operators that are read where they make classes and probabilities, and only there.
  static let operators: Set = [
    "Softmax", "LogSoftmax", "ArgMax", "ai.onnx.ml.ZipMap", "ai.onnx.ml.ArrayFeatureExtractor",
    "ai.onnx.ml.Normalizer", "com.microsoft.QLinearSoftmax",
  ]

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
      let found = try scores(of: other.name)
      // Beside a class its probabilities may be given, or scores, in whatever form.
      guard found == score || !places.isEmpty && depends(found) else {
        let names = model.outputs.map { "'\($0.name)'" }.joined(separator: ", ")
        throw .unsupported(
          "it has \(model.outputs.count) outputs, \(names), which are not the classes and "
            + "probabilities of one value; export one of them")
      }
    }
    // A linear classifier is left out as far as it makes classes and probabilities of scores.
    let linear = leftOut.filter { node in
      !places.contains { model.nodes[$0].outputs == node.outputs }
    }
    leftOut = linear + places.sorted().map { model.nodes[$0] }
  }

  /// Whether a value is made of the scores.
  private func depends(_ output: String) -> Bool {
    var (open, seen): ([String], Set<String>) = ([output], [])
    while let value = open.popLast() {
      if value == score { return true }
      guard seen.insert(value).inserted, let place = producers[value] else { continue }
      open += model.nodes[place].inputs
      if model.nodes[place].outputs.contains(score) { return true }
    }
    return false
  }

  /// The value that an output picks a class of; the output itself, where it picks none.
  private mutating func scores(of output: String) throws(ComponentError) -> String {
    var (found, value) = (output, output)
    // Nodes that only pass on are left out when something that picks a class is before them.
    var passed: [Int] = []
    while let place = producers[value] {
      let node = model.nodes[place]
      guard let step = try step(over: node, value) else { break }
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
    over node: ONNXModel.Node, _ value: String
  ) throws(ComponentError) -> (value: String, isPicking: Bool)? {
    guard let input = node.inputs.first else { return nil }
    switch node.title {
    case "Identity", "Cast", "Reshape", "QuantizeLinear", "DequantizeLinear":
      return (input, false)
    // Each row by a number above 0, behind probabilities.
    case "ai.onnx.ml.Normalizer": return (input, true)
    case "ai.onnx.ml.LinearClassifier": return try linear(node, value)
    case "com.microsoft.QLinearSoftmax":
      try checkAxis(node, [1, -1], default: -1)
      return (input, true)
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
      try noteLabels(node, "classlabels_int64s")
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
    case "Div": return normalized(node).map { ($0, true) }
    default: return nil
    }
  }

  /// A linear classifier's class or probabilities, which are those of its scores.
  ///
  /// Its `post_transform` keeps their order: Softmax, or the logistic function or the normal distribution of each.
  private mutating func linear(
    _ node: ONNXModel.Node, _ value: String
  ) throws(ComponentError) -> (value: String, isPicking: Bool)? {
    guard node.outputs.count > 1, let scores = node.outputs.last, !scores.isEmpty else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has no output of scores; export it with both outputs")
    }
    let transform = node.attributes["post_transform"] ?? .text("NONE")
    guard case .text(let name) = transform,
      ["NONE", "SOFTMAX", "LOGISTIC", "PROBIT"].contains(name)
    else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has a post_transform that is not read; NONE, SOFTMAX, LOGISTIC and "
          + "PROBIT are")
    }
    try noteLabels(node, "classlabels_ints")
    if case .reals(let intercepts) = node.attributes["intercepts"], intercepts.count == 1,
      labels.count == 2
    {
      isBinary = true
    }
    leftOut = [node]
    return value == scores ? nil : (scores, true)
  }

  private mutating func noteLabels(
    _ node: ONNXModel.Node, _ numbers: String
  ) throws(ComponentError) {
    switch (node.attributes[numbers], node.attributes["classlabels_strings"]) {
    case (.integers(let numbers), _): try note(numbers.map(String.init), node)
    case (_, .texts(let texts)): try note(texts, node)
    default: break
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

  /// The value that a node divides by its own sum over each row, as skl2onnx makes probabilities of it.
  ///
  /// Where the sum is 0, it adds what makes all of them equal.
  private func normalized(_ node: ONNXModel.Node) -> String? {
    func before(_ name: String, _ operation: String) -> ONNXModel.Node? {
      producers[name].map { model.nodes[$0] }.flatMap { $0.operation == operation ? $0 : nil }
    }
    guard node.inputs.count == 2 else { return nil }
    let value = before(node.inputs[0], "Add")?.inputs.first ?? node.inputs[0]
    let sum = before(node.inputs[1], "Add")?.inputs.first ?? node.inputs[1]
    guard let made = before(sum, "ReduceSum"), made.inputs.first == value else { return nil }
    return value
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
