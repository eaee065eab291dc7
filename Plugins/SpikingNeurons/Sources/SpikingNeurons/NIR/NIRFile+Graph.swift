internal import QHostInterfaces

extension NIRFile {
  /// The file as a graph, whose operators are its nodes; edges that lead back are attributes.
  func graph(input: Shape, output: Shape) -> Graph {
    var (ordered, done) = ([String](), Set<String>())
    var waiting = ["input"]
    while let name = waiting.popLast() {
      guard done.insert(name).inserted else { continue }
      ordered.append(name)
      // What leads back comes last.
      waiting += targets(of: name).sorted {
        targets(of: $0).contains(name) && !targets(of: $1).contains(name)
      }
      .reversed()
    }
    var (nodes, constants) = ([Graph.Node](), [Graph.Constant]())
    for name in ordered where name != "input" {
      guard let node = self.nodes[name] else { continue }
      var inputs = sources(of: name).filter { source in
        (ordered.firstIndex(of: source) ?? 0) < (ordered.firstIndex(of: name) ?? 0)
      }
      for (key, values) in node.values.sorted(by: { $0.key < $1.key }) {
        let constant = "\(name)/\(key)"
        inputs.append(constant)
        constants.append(
          Graph.Constant(
            name: constant, shape: Shape(values.extents),
            elements: .float(values.numbers.map { Float($0) })))
      }
      let back = targets(of: name).filter { done.contains($0) && sources(of: $0).count > 1 }
      var attributes: [String: Graph.Attribute] = [:]
      if let first = back.first,
        (ordered.firstIndex(of: first) ?? 0) < (ordered.firstIndex(of: name) ?? 0)
      {
        attributes["back"] = .text(first)
      }
      if nodes.isEmpty, let shape = self.nodes["input"]?.values["shape"] {
        attributes["inputs"] = .integers(shape.numbers.map { Int($0) })
      }
      nodes.append(
        Graph.Node(
          name: name, operation: "nir.\(node.type)", inputs: inputs, outputs: [name],
          attributes: attributes))
    }
    return Graph(
      input: "input", output: "output", inputShape: input, outputShape: output, nodes: nodes,
      constants: constants)
  }

  /// The file of such a graph.
  ///
  /// - Throws: severity `unsupported` for a graph of other operators.
  init(_ graph: Graph) throws(ComponentError) {
    self.init()
    version = "1.0.8"
    nodes["input"] = Node("Input", ["shape": Values([1], [Double(graph.inputShape.count)])])
    let constants = Dictionary(graph.constants.map { ($0.name, $0) }) { first, _ in first }
    for node in graph.nodes {
      guard node.operation.hasPrefix("nir.") else {
        throw .unsupported(
          "target 'nir' writes spiking networks, and the model's graph has '\(node.operation)'; "
            + "use model 'spiking' with model.graph=nir")
      }
      var own = Node(String(node.operation.dropFirst(4)))
      for input in node.inputs {
        guard let constant = constants[input] else {
          edges.append(Edge(input, node.name))
          continue
        }
        guard case .float(let numbers) = constant.elements else { continue }
        let key = String(input.dropFirst(node.name.count + 1))
        own.values[key] = Values(constant.shape.extents, numbers.map { Double($0) })
      }
      nodes[node.name] = own
      if case .integers(let shape)? = node.attributes["inputs"] {
        nodes["input"] = Node("Input", ["shape": Values([shape.count], shape.map { Double($0) })])
      }
      if case .text(let back)? = node.attributes["back"] { edges.append(Edge(node.name, back)) }
    }
  }

  /// The file with time constants in seconds, as a program means them.
  func written(_ dialect: NIRDialect, step: Double) -> NIRFile {
    var file = self
    for (name, node) in nodes {
      for key in ["tau", "tau_mem", "tau_syn"] {
        if let values = node.values[key] {
          file.nodes[name]?.values[key]?.numbers = values.numbers.map {
            dialect.written($0, step: step)
          }
        }
      }
    }
    return file
  }
}
