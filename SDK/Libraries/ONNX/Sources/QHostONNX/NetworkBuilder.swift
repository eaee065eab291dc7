internal import QHostGraphs
internal import QHostInterfaces

/// Makes a graph in our models' forms of an ONNX file's nodes.
///
/// One row of zeros goes through every node as it is made: so the shape and type of each value are known, and what does
/// not go together is refused with its node.
struct NetworkBuilder {
  /// What a name stands for.
  enum Operand {
    case constant(Graph.Constant)
    case value(String)
  }

  let model: ONNXModel
  let tail: NetworkTail
  let outputs: Set<String>
  var initializers: [String: ONNXModel.Tensor]
  var made: [Graph.Constant] = []
  var used: [String: Graph.Constant] = [:]
  var aliases: [String: String] = [:]
  var nodes: [Graph.Node] = []
  var values = GraphValues()
  /// The places of nodes that take a value.
  var takers: [String: [Int]] = [:]
  /// The places of nodes that became part of one before them.
  var absorbed: Set<Int> = []
  /// The rows of the file's batch; `nil`: it is open.
  private(set) var batch: Int?
  /// By the file's names, what is known of quantised tensors.
  var quantized = QuantizedTensors()

  init(_ model: ONNXModel, _ tail: NetworkTail) {
    self.model = model
    self.tail = tail
    initializers = Dictionary(model.initializers.map { ($0.name, $0) }) { first, _ in first }
    outputs = Set(model.nodes.flatMap(\.outputs))
  }

  /// The graph.
  mutating func network() throws(ComponentError) -> Graph {
    let (input, shape) = try input()
    values[input] = GraphValue(
      rows: Array(repeating: 0, count: shape.count), shape: [1] + shape.extents)
    let needed = neededPlaces()
    for place in needed {
      for name in Set(model.nodes[place].inputs) { takers[name, default: []].append(place) }
    }
    // Constants first, wherever they are in the file: a layer may take over what follows it.
    let isConstant = { [model] place in model.nodes[place].title == "Constant" }
    for place in needed where isConstant(place) { try convert(place) }
    for place in needed where !isConstant(place) && !absorbed.contains(place) {
      try convert(place)
    }
    let output = try outputName()
    let count = values[output]?.shape.last ?? 0
    let kept = Self.needed(nodes, for: output)
    guard !kept.isEmpty else {
      throw .unsupported(
        "its output '\(tail.score)' is its input; there is no network between them")
    }
    let names = model.initializers.map(\.name) + made.map(\.name)
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    let taken = Set(kept.flatMap(\.inputs))
    let graph = Graph(
      input: input, output: output, inputShape: shape, outputShape: Shape([count]), nodes: kept,
      constants: used.values.filter { taken.contains($0.name) }
        .sorted { places[$0.name] ?? 0 < places[$1.name] ?? 0 })
    return tail.isBinary ? graph.withTwoOutputs : graph
  }

  /// The name of the output, which is made a list for each row.
  private mutating func outputName() throws(ComponentError) -> String {
    let output = name(tail.score)
    guard let result = values[output], used[output] == nil, !nodes.isEmpty else {
      throw .data("its output '\(tail.score)' is the output of none of its nodes")
    }
    let count = result.shape.dropFirst().reduce(1, *)
    guard result.type == .float, result.shape.first == 1,
      result.shape.dropFirst().count(where: { $0 > 1 }) <= 1,
      // The largest level is the class; as values levels lack their scale.
      quantized.levels[tail.score] == nil || !tail.leftOut.isEmpty
    else {
      throw .unsupported(
        "its output '\(tail.score)' is \(Shape(result.shape)) of type \(result.type) for a row, not a list "
          + "of reals")
    }
    guard result.shape.count != 2 else { return output }
    return try reshape(output, to: [count], as: free(output + ".list"))
  }

  /// The nodes that a value depends on.
  private static func needed(_ nodes: [Graph.Node], for output: String) -> [Graph.Node] {
    var wanted: Set = [output]
    let kept = nodes.reversed().filter { node in
      guard !wanted.isDisjoint(with: node.outputs) else { return false }
      wanted.formUnion(node.inputs)
      return true
    }
    return kept.reversed()
  }

  private mutating func input() throws(ComponentError) -> (String, Shape) {
    let inputs = model.inputs.filter { initializers[$0.name] == nil }
    guard inputs.count == 1, let input = inputs.first else {
      let names = inputs.map { "'\($0.name)'" }.joined(separator: ", ")
      throw .unsupported("it has \(inputs.count) inputs (\(names)), not one")
    }
    // Doubles, as scikit-learn has them, are read in single precision like all the numbers here.
    guard input.elementType == 1 || input.elementType == 11 else {
      throw .unsupported(
        "input '\(input.name)' has elements of ONNX's type \(input.elementType), not float (1) or double (11); "
          + "export it with float inputs")
    }
    guard let extents = input.extents, let batch = extents.first, extents.count > 1 else {
      throw .unsupported(
        "input '\(input.name)' has no shape of a batch and features; export it with one")
    }
    // Some exporters write an open batch as -1 or 0.
    if case .fixed(let count) = batch, count > 0 { self.batch = count }
    var shape: [Int] = []
    for (place, extent) in extents.enumerated().dropFirst() {
      guard case .fixed(let count) = extent, (1...1 << 24).contains(count) else {
        var title = ""
        if case .open(let name) = extent, !name.isEmpty { title = " ('\(name)')" }
        throw .unsupported(
          "extent \(place + 1)\(title) of input '\(input.name)' is open or impossible; only the batch, "
            + "extent 1, may be open")
      }
      shape.append(count)
      guard shape.reduce(1, *) <= 1 << 24 else {
        throw .unsupported("input '\(input.name)' has more than 2^24 numbers a row")
      }
    }
    return (input.name, Shape(shape))
  }

  /// The places of the nodes that the score depends on, in the file's order.
  private func neededPlaces() -> [Int] {
    var wanted: Set = [tail.score]
    var places: [Int] = []
    for (place, node) in model.nodes.enumerated().reversed()
    where !wanted.isDisjoint(with: node.outputs) {
      places.append(place)
      wanted.formUnion(node.inputs)
    }
    return places.reversed()
  }
}
