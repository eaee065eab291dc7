internal import QHostInterfaces
internal import QHostKernels

extension Network {
  /// The network at `parameters` [n] as operators: Flatten, then Gemm and the activation by layers.
  ///
  /// Step and sign are comparisons with 0 and a Where, since ONNX's Sign is 0 at 0.
  func graph(parameters: [Double], input: Shape, output: Shape) -> Graph {
    var graph = Graph(
      input: "input", output: "output", inputShape: input, outputShape: output, nodes: [],
      constants: [])
    var value = graph.input
    if input.extents.count != 1 {
      graph.nodes.append(
        Graph.Node(
          name: "flatten", operation: "Flatten", inputs: [value], outputs: ["flat"],
          attributes: ["axis": .integers([1])]))
      value = "flat"
    }
    for layer in 0..<layerCount {
      let isLast = layer + 1 == layerCount
      appendProduct(
        layer, parameters: parameters, from: value, to: isLast ? graph.output : "z.\(layer)",
        &graph)
      guard !isLast else { break }
      appendActivation(from: "z.\(layer)", to: "h.\(layer)", name: "activation.\(layer)", &graph)
      value = "h.\(layer)"
    }
    return graph
  }

  private func appendProduct(
    _ layer: Int, parameters: [Double], from value: String, to result: String, _ graph: inout Graph
  ) {
    let own = blocks.filter { $0.name.hasPrefix("layers.\(layer).") }
    for block in own {
      let elements = parameters[block.offset..<block.offset + block.shape.count].map { Float($0) }
      graph.constants.append(
        Graph.Constant(name: block.name, shape: block.shape, elements: .float(elements)))
    }
    graph.nodes.append(
      Graph.Node(
        name: "layers.\(layer)", operation: "Gemm", inputs: [value] + own.map(\.name),
        outputs: [result], attributes: ["transB": .integers([1])]))
  }

  private func appendActivation(
    from value: String, to result: String, name: String, _ graph: inout Graph
  ) {
    func node(_ operation: String) -> Graph.Node {
      Graph.Node(name: name, operation: operation, inputs: [value], outputs: [result])
    }
    switch activation {
    case .identity: graph.nodes.append(node("Identity"))
    case .tanh: graph.nodes.append(node("Tanh"))
    case .relu: graph.nodes.append(node("Relu"))
    case .sigmoid: graph.nodes.append(node("Sigmoid"))
    case .step:
      appendComparison("Greater", then: 1, otherwise: 0, node("Where"), &graph)
    case .sign:
      appendComparison("Less", then: -1, otherwise: 1, node("Where"), &graph)
    }
  }

  private func appendComparison(
    _ operation: String, then: Float, otherwise: Float, _ choice: Graph.Node, _ graph: inout Graph
  ) {
    for (name, number) in [("zero", 0), ("then", then), ("otherwise", otherwise)]
    where !graph.constants.contains(where: { $0.name == name }) {
      graph.constants.append(
        Graph.Constant(name: name, shape: Shape([]), elements: .float([number])))
    }
    let condition = choice.name + ".condition"
    graph.nodes.append(
      Graph.Node(
        name: condition, operation: operation, inputs: choice.inputs + ["zero"],
        outputs: [condition]))
    var choice = choice
    choice.inputs = [condition, "then", "otherwise"]
    graph.nodes.append(choice)
  }
}
