internal import QHostInterfaces

extension Network {
  /// The network at `parameters` [n] as operators: Flatten, then Gemm and the activation by layers.
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
      let knots = knotOffset(layer)..<knotOffset(layer) + hidden.knotCount
      graph.appendActivation(
        hidden, knots: parameters[knots].map { Float($0) }, layer: layer, from: "z.\(layer)",
        to: "h.\(layer)")
      value = "h.\(layer)"
    }
    return graph
  }

  private func appendProduct(
    _ layer: Int, parameters: [Double], from value: String, to result: String, _ graph: inout Graph
  ) {
    let own = blocks.filter {
      $0.name.hasPrefix("layers.\(layer).") && $0.offset < knotOffset(layer)
    }
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
}
