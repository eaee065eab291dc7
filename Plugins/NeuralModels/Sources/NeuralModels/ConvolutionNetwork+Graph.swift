internal import QHostInterfaces

extension ConvolutionNetwork {
  /// The network at `parameters` [n] as operators: Conv, pooling and activation by layers, Flatten,
  /// Gemm and activation by layers.
  func graph(parameters: [Double], input: Shape, output: Shape) -> Graph {
    var graph = Graph(
      input: "input", output: "output", inputShape: input, outputShape: output, nodes: [],
      constants: [])
    var value = graph.input
    if input.extents.count == 2 {
      let shape: [Int64] = [0, 1] + input.extents.map(Int64.init)
      graph.constants.append(
        Graph.Constant(name: "image.shape", shape: Shape([4]), elements: .int64(shape)))
      graph.nodes.append(
        Graph.Node(
          name: "image", operation: "Reshape", inputs: [value, "image.shape"], outputs: ["image"]))
      value = "image"
    }
    for layer in layers.indices {
      if layer == convolutionCount {
        graph.nodes.append(
          Graph.Node(
            name: "flatten", operation: "Flatten", inputs: [value], outputs: ["flat"],
            attributes: ["axis": .integers([1])]))
        value = "flat"
      }
      value = appendLayer(layer, parameters: parameters, from: value, &graph)
    }
    return graph
  }

  /// Returns the name of the layer's output.
  private func appendLayer(
    _ layer: Int, parameters: [Double], from value: String, _ graph: inout Graph
  ) -> String {
    let isLast = layer + 1 == layers.count
    let own = blocks.filter {
      $0.name.hasPrefix("layers.\(layer).") && $0.offset < knotOffset(layer)
    }
    for block in own {
      let elements = parameters[block.offset..<block.offset + block.shape.count].map { Float($0) }
      graph.constants.append(
        Graph.Constant(name: block.name, shape: block.shape, elements: .float(elements)))
    }
    let isConvolution = layer < convolutionCount
    var sums = isLast ? graph.output : "z.\(layer)"
    if isConvolution && layers[layer].pooling != .none { sums = "u.\(layer)" }
    graph.nodes.append(
      Graph.Node(
        name: "layers.\(layer)", operation: isConvolution ? "Conv" : "Gemm",
        inputs: [value] + own.map(\.name), outputs: [sums],
        attributes: isConvolution ? convolutionAttributes(layer) : ["transB": .integers([1])]))
    guard !isLast else { return sums }
    appendPooling(layer, &graph)
    let knots = knotOffset(layer)..<knotOffset(layer) + hidden.knotCount
    graph.appendActivation(
      hidden, knots: parameters[knots].map { Float($0) }, layer: layer, from: "z.\(layer)",
      to: "h.\(layer)")
    return "h.\(layer)"
  }

  private func convolutionAttributes(_ layer: Int) -> [String: Graph.Attribute] {
    [
      "kernel_shape": .integers([layers[layer].kernel, layers[layer].kernel]),
      "pads": .integers([margin, margin, margin, margin]), "strides": .integers([1, 1]),
    ]
  }

  private func appendPooling(_ layer: Int, _ graph: inout Graph) {
    guard layers[layer].pooling != .none else { return }
    graph.nodes.append(
      Graph.Node(
        name: "pool.\(layer)",
        operation: layers[layer].pooling == .max ? "MaxPool" : "AveragePool",
        inputs: ["u.\(layer)"], outputs: ["z.\(layer)"],
        attributes: ["kernel_shape": .integers([2, 2]), "strides": .integers([2, 2])]))
  }
}
