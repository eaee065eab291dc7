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
  private let tail: NetworkTail
  private let initializers: [String: ONNXModel.Tensor]
  private var made: [Graph.Constant] = []
  private var used: [String: Graph.Constant] = [:]
  private var aliases: [String: String] = [:]
  private var nodes: [Graph.Node] = []
  private(set) var values = GraphValues()
  /// The places of nodes that take a value.
  private var takers: [String: [Int]] = [:]
  /// The places of nodes that became part of one before them.
  private var absorbed: Set<Int> = []
  /// Whether the file's batch is one row.
  private(set) var hasSingleRow = false

  init(_ model: ONNXModel, _ tail: NetworkTail) {
    self.model = model
    self.tail = tail
    initializers = Dictionary(model.initializers.map { ($0.name, $0) }) { first, _ in first }
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
    let output = name(tail.score)
    guard let result = values[output], !nodes.isEmpty else {
      throw .data("its output '\(tail.score)' is the output of none of its nodes")
    }
    guard result.type == .float, result.shape.count == 2, result.shape[0] == 1 else {
      throw .unsupported(
        "its output '\(tail.score)' is \(Shape(result.shape)) of type \(result.type) for a row, not a list "
          + "of reals")
    }
    var count = result.shape[1]
    if tail.isBinary {
      try split(output)
      count = 2
    }
    let names = model.initializers.map(\.name) + made.map(\.name)
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    return Graph(
      input: input, output: output, inputShape: shape, outputShape: Shape([count]), nodes: nodes,
      constants: used.values.sorted { places[$0.name] ?? 0 < places[$1.name] ?? 0 })
  }

  private mutating func input() throws(ComponentError) -> (String, Shape) {
    let inputs = model.inputs.filter { initializers[$0.name] == nil }
    guard inputs.count == 1, let input = inputs.first else {
      let names = inputs.map { "'\($0.name)'" }.joined(separator: ", ")
      throw .unsupported("it has \(inputs.count) inputs (\(names)), not one")
    }
    guard input.elementType == 1 else {
      throw .unsupported(
        "input '\(input.name)' has elements of ONNX's type \(input.elementType), not float (1); export it with "
          + "float inputs")
    }
    guard let extents = input.extents, let batch = extents.first, extents.count > 1 else {
      throw .unsupported(
        "input '\(input.name)' has no shape of a batch and features; export it with one")
    }
    if case .fixed(let count) = batch {
      guard count == 1 else {
        throw .unsupported(
          "input '\(input.name)' is a batch of \(count) rows; export it with a batch that is open, or 1"
        )
      }
      hasSingleRow = true
    }
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

/// What converting one node needs.
extension NetworkBuilder {
  /// The name that a value goes by, when its node passes on another one.
  func name(_ name: String) -> String { aliases[name] ?? name }

  /// Whether an input of a node is an initializer of nothing but zeros of whole numbers.
  func isZero(_ node: ONNXModel.Node, _ place: Int) -> Bool {
    guard place < node.inputs.count else { return false }
    switch initializers[node.inputs[place]]?.contents {
    case .bytes(let numbers): return numbers.allSatisfy { $0 == 0 }
    case .numbers(.int8(let numbers)): return numbers.allSatisfy { $0 == 0 }
    case .numbers(.int32(let numbers)): return numbers.allSatisfy { $0 == 0 }
    default: return false
    }
  }

  /// Whether an input of a node is an initializer of type uint8.
  func isBytes(_ node: ONNXModel.Node, _ place: Int) -> Bool {
    guard place < node.inputs.count, case .bytes? = initializers[node.inputs[place]]?.contents
    else { return false }
    return true
  }

  /// Makes a value another name of one that there is.
  mutating func alias(_ name: String, of other: String) { aliases[name] = self.name(other) }

  /// What an input of a node stands for; `nil` where it is left out.
  func operand(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> Operand? {
    guard place < node.inputs.count, !node.inputs[place].isEmpty else { return nil }
    let name = name(node.inputs[place])
    if values[name] != nil, used[name] == nil { return .value(name) }
    if let constant = made.first(where: { $0.name == name }) { return .constant(constant) }
    guard let tensor = initializers[name] else {
      throw .data(
        "node '\(node.name)' (\(node.title)) takes '\(name)', which is neither the input, nor an "
          + "initializer, nor the output of a node before it")
    }
    return .constant(try constant(tensor, tensor.name))
  }

  /// A tensor as a constant of finite numbers.
  func constant(
    _ tensor: ONNXModel.Tensor, _ name: String
  ) throws(ComponentError) -> Graph.Constant {
    switch tensor.contents {
    case .unread(let reason): throw .unsupported("initializer '\(name)' \(reason)")
    case .texts: throw .unsupported("initializer '\(name)' has texts, not numbers")
    case .bytes:
      throw .unsupported(
        "initializer '\(name)' has elements of type uint8, which are read as zero points of 0 only")
    case .numbers(let elements):
      if case .float(let numbers) = elements,
        let place = numbers.firstIndex(where: { !$0.isFinite })
      {
        throw .data(
          "initializer '\(name)' is \(numbers[place]) at \(place); train the network anew")
      }
      return Graph.Constant(name: name, shape: tensor.shape, elements: elements)
    }
  }

  /// The constant that a node takes there; an error when it takes something else.
  func needed(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> Graph.Constant {
    guard case .constant(let constant) = try operand(node, place) else {
      throw .unsupported(
        "input \(place + 1) of node '\(node.name)' (\(node.title)) is no constant, which is needed there"
      )
    }
    return constant
  }

  /// Has a constant in the graph, and gives its name.
  mutating func use(_ constant: Graph.Constant) -> String {
    if used[constant.name] == nil {
      used[constant.name] = constant
      values[constant.name] = GraphValue(constant)
    }
    return constant.name
  }

  /// Makes a constant that the file does not have, under a name that is free.
  mutating func make(
    _ name: String, _ shape: [Int], _ elements: Graph.Elements
  ) -> Graph.Constant {
    var free = name
    let taken = Set(model.nodes.flatMap(\.outputs)).union(initializers.keys)
    while taken.contains(free) || made.contains(where: { $0.name == free }) { free += "_" }
    let constant = Graph.Constant(name: free, shape: Shape(shape), elements: elements)
    made.append(constant)
    return constant
  }

  /// Makes a constant of a node's output.
  mutating func define(_ name: String, _ constant: Graph.Constant) {
    made.append(Graph.Constant(name: name, shape: constant.shape, elements: constant.elements))
  }

  /// Appends a node and works out its value.
  mutating func append(_ node: Graph.Node) throws(ComponentError) {
    try values.apply(node)
    nodes.append(node)
  }

  /// The one node that takes a value, when it has this operator.
  func onlyTaker(of value: String, _ operation: String) -> (place: Int, node: ONNXModel.Node)? {
    guard let places = takers[value], places.count == 1, value != tail.score,
      model.nodes[places[0]].operation == operation
    else { return nil }
    return (places[0], model.nodes[places[0]])
  }

  /// Makes a node part of one before it.
  mutating func absorb(_ place: Int) { absorbed.insert(place) }

  /// Makes outputs 0 and z of the last layer's one output z.
  private mutating func split(_ output: String) throws(ComponentError) {
    guard var last = nodes.last, last.operation == "Gemm", last.outputs == [output],
      let weight = used[last.inputs[1]], case .float(let weights) = weight.elements,
      weight.shape.extents[0] == 1
    else {
      throw .unsupported(
        "its probabilities are of '\(output)', which is not the one output of a last layer")
    }
    var biases: [Float] = [0]
    if last.inputs.count > 2, let bias = used[last.inputs[2]],
      case .float(let numbers) = bias.elements
    {
      biases = numbers
      used[bias.name] = nil
    }
    used[weight.name] = nil
    let zeros = [Float](repeating: 0, count: weights.count)
    let both = make(weight.name + ".both", [2, weights.count], .float(zeros + weights))
    let shift = make(output + ".bias", [2], .float([0, biases[0]]))
    last.inputs = [last.inputs[0], use(both), use(shift)]
    nodes[nodes.count - 1] = last
  }
}
