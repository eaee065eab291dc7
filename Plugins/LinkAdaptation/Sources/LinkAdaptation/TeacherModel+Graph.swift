internal import CLinkAdaptation
public import QHostInterfaces

extension TeacherModel {
  /// What scales the inputs, then Gemm and Relu by layers.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    let width = Teacher.inputCount
    var graph = Graph(
      input: "input", output: "output", inputShape: Shape([width]),
      outputShape: Shape([Teacher.schemeCount]),
      nodes: [
        Graph.Node(
          name: "middles", operation: "Sub", inputs: ["input", "input.middles"],
          outputs: ["centred"]),
        Graph.Node(
          name: "spreads", operation: "Div", inputs: ["centred", "input.spreads"],
          outputs: ["scaled"]),
      ],
      constants: [
        Graph.Constant(
          name: "input.middles", shape: Shape([width]), elements: .float(LinkInput.middles)),
        Graph.Constant(
          name: "input.spreads", shape: Shape([width]), elements: .float(LinkInput.spreads)),
      ])
    graph.constants += modelDescription.blocks.map { block in
      Graph.Constant(
        name: block.name, shape: block.shape,
        elements: .float(
          parameters[block.offset..<block.offset + block.shape.count].map { Float($0) }))
    }
    var value = "scaled"
    let last = Self.widths.count - 2
    for layer in 0...last {
      let sums = layer == last ? graph.output : "z.\(layer)"
      graph.nodes.append(
        Graph.Node(
          name: "layers.\(layer)", operation: "Gemm",
          inputs: [value, "layers.\(layer).weight", "layers.\(layer).bias"], outputs: [sums],
          attributes: ["transB": .integers([1])]))
      guard layer < last else { break }
      value = "h.\(layer)"
      graph.nodes.append(
        Graph.Node(name: value, operation: "Relu", inputs: [sums], outputs: [value]))
    }
    return graph
  }
}
