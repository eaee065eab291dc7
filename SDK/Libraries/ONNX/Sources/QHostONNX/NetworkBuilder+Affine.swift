internal import QHostInterfaces

/// Maps of single numbers by a factor and a shift: normalisation, scaling, and scikit-learn's linear models.
extension NetworkBuilder {
  /// y = s (x − m) / √(v + ε) + b for each channel: a factor and a shift, which the layer before takes over if it can.
  mutating func convertNormalization(_ node: ONNXModel.Node) throws(ComponentError) {
    try refuseAttributes(node, besides: ["epsilon", "momentum", "spatial"])
    guard node.outputs.count(where: { !$0.isEmpty }) == 1,
      Self.integer(node, "spatial", default: 1) == 1
    else {
      throw .unsupported(
        "node '\(node.name)' (BatchNormalization) is one of the training; export the network for inference"
      )
    }
    let own = try shape(node)
    let (scale, bias) = (try reals(node, 1), try reals(node, 2))
    let (mean, variance) = (try reals(node, 3), try reals(node, 4))
    let epsilon = Double(Self.real(node, "epsilon", default: 1e-5))
    guard own.count > 1, [scale, bias, mean, variance].allSatisfy({ $0.count == own[1] }) else {
      throw .data(
        "node '\(node.name)' (BatchNormalization) has \(scale.count) scales for the channels of "
          + "\(Shape(Array(own.dropFirst())))")
    }
    let factors = scale.indices.map {
      Double(scale[$0]) / (Double(variance[$0]) + epsilon).squareRoot()
    }
    let shifts = scale.indices.map { Double(bias[$0]) - Double(mean[$0]) * factors[$0] }
    if try foldIntoLayer(node, factors, shifts) { return }
    let shape = [own[1]] + own.dropFirst(2).map { _ in 1 }
    let scaled = try emit(
      node, "Mul",
      [try value(node, 0), numbers(factors.map { Float($0) }, shape, node, "factors")],
      as: "scaled")
    try emit(node, "Add", [scaled, numbers(shifts.map { Float($0) }, shape, node, "shifts")])
  }

  /// Multiplies the weights of the layer just before by a factor for each unit, and shifts its biases.
  private mutating func foldIntoLayer(
    _ node: ONNXModel.Node, _ factors: [Double], _ shifts: [Double]
  ) throws(ComponentError) -> Bool {
    guard var layer = nodes.last, ["Gemm", "Conv"].contains(layer.operation),
      layer.outputs == [try value(node, 0)], isTakenOnce(node.inputs[0]), layer.inputs.count > 1,
      let weight = constant(named: layer.inputs[1]), case .float(let weights) = weight.elements,
      weight.shape.extents.first == factors.count, !weights.isEmpty
    else { return false }
    var biases = [Double](repeating: 0, count: factors.count)
    if layer.inputs.count > 2 {
      guard let bias = constant(named: layer.inputs[2]), case .float(let numbers) = bias.elements,
        numbers.count == factors.count
      else { return false }
      biases = numbers.map { Double($0) }
    }
    let width = weights.count / factors.count
    let scaled = make(
      weight.name + ".normal", weight.shape.extents,
      .float(weights.indices.map { Float(Double(weights[$0]) * factors[$0 / width]) }))
    let moved = make(
      layer.outputs[0] + ".shift", [factors.count],
      .float(factors.indices.map { Float(biases[$0] * factors[$0] + shifts[$0]) }))
    layer.inputs = [layer.inputs[0], use(scaled), use(moved)]
    layer.outputs = [node.outputs[0]]
    try replaceLast(by: layer)
    return true
  }

  /// (x − offset) · scale.
  mutating func convertScaler(_ node: ONNXModel.Node) throws(ComponentError) {
    let width = try shape(node).last ?? 0
    func list(_ name: String) throws(ComponentError) -> [Float] {
      var values: [Float] = []
      if case .reals(let given) = node.attributes[name] { values = given }
      guard [1, width].contains(values.count), values.allSatisfy(\.isFinite) else {
        throw .data(
          "node '\(node.name)' (ai.onnx.ml.Scaler) has \(values.count) numbers as its \(name) for \(width) features"
        )
      }
      return values
    }
    let (offset, scale) = (try list("offset"), try list("scale"))
    var result = try value(node, 0)
    if offset.contains(where: { $0 != 0 }) {
      let isLast = scale.allSatisfy { $0 == 1 }
      result = try emit(
        node, "Sub", [result, numbers(offset, [offset.count], node, "offset")],
        as: isLast ? nil : "centred")
      if isLast { return }
    }
    try emit(node, "Mul", [result, numbers(scale, [scale.count], node, "scale")])
  }

  /// Coefficients [units × features] and intercepts of a linear model, as a Gemm.
  ///
  /// What a classifier's `post_transform` does to the scores leaves their order alone; ``NetworkTail`` leaves it out.
  mutating func convertLinear(_ node: ONNXModel.Node) throws(ComponentError) {
    let isClassifier = node.operation == "LinearClassifier"
    guard case .reals(let weights) = node.attributes["coefficients"] else {
      throw .data("node '\(node.name)' (\(node.title)) has no coefficients")
    }
    let width = try shape(node).last ?? 0
    guard width > 0, weights.count % width == 0, !weights.isEmpty, weights.allSatisfy(\.isFinite)
    else {
      throw .data(
        "node '\(node.name)' (\(node.title)) has \(weights.count) coefficients for \(width) features"
      )
    }
    let units = weights.count / width
    var biases = [Float](repeating: 0, count: units)
    if case .reals(let given) = node.attributes["intercepts"], !given.isEmpty { biases = given }
    guard biases.count == units, biases.allSatisfy(\.isFinite) else {
      throw .data(
        "node '\(node.name)' (\(node.title)) has \(biases.count) intercepts for \(units) outputs")
    }
    if !isClassifier, let after = node.attributes["post_transform"], after != .text("NONE") {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has post_transform \(after), which is not read; NONE is"
      )
    }
    let inputs = [
      try value(node, 0), numbers(weights, [units, width], node, "coefficients"),
      numbers(biases, [units], node, "intercepts"),
    ]
    guard let output = isClassifier ? node.outputs.dropFirst().first : node.outputs.first else {
      throw .data("node '\(node.name)' (\(node.title)) has no scores as its output")
    }
    try append(
      Graph.Node(
        name: node.name, operation: "Gemm", inputs: inputs, outputs: [output],
        attributes: ["transB": .integers([1])]))
  }
}
