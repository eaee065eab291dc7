internal import QHostInterfaces
internal import QHostNetworks

extension Graph {
  /// Appends what a hidden layer does to its sums.
  ///
  /// Step and sign are comparisons with 0 and a Where, since ONNX's Sign is 0 at 0.
  mutating func appendActivation(
    _ hidden: HiddenActivation, knots: [Float], layer: Int, from value: String, to result: String
  ) {
    let name = "activation.\(layer)"
    func append(_ operation: String) {
      nodes.append(
        Node(name: name, operation: operation, inputs: [value], outputs: [result]))
    }
    switch hidden.function {
    case .identity: append("Identity")
    case .tanh: append("Tanh")
    case .relu: append("Relu")
    case .sigmoid: append("Sigmoid")
    case .sine: append("Sin")
    case .step: appendComparison("Greater", then: 1, otherwise: 0, name, value, result)
    case .sign: appendComparison("Less", then: -1, otherwise: 1, name, value, result)
    case .learned: appendTable(hidden, knots, layer, name, value, result)
    }
  }

  private mutating func appendConstant(_ name: String, _ elements: [Float], isList: Bool = false) {
    guard !constants.contains(where: { $0.name == name }) else { return }
    constants.append(
      Constant(name: name, shape: Shape(isList ? [elements.count] : []), elements: .float(elements))
    )
  }

  private mutating func appendComparison(
    _ operation: String, then: Float, otherwise: Float, _ name: String, _ value: String,
    _ result: String
  ) {
    for (constant, number) in [("zero", 0), ("then", then), ("otherwise", otherwise)] {
      appendConstant(constant, [number])
    }
    let condition = name + ".condition"
    nodes.append(
      Node(
        name: condition, operation: operation, inputs: [value, "zero"], outputs: [condition]))
    nodes.append(
      Node(
        name: name, operation: "Where", inputs: [condition, "then", "otherwise"],
        outputs: [result]))
  }

  /// place = Clip((z + range) · scale, 0, K − 1), below = Min(Floor(place), K − 2), and
  /// knots[below] + (place − below) · steps[below], steps being the knots' differences.
  private mutating func appendTable(
    _ hidden: HiddenActivation, _ knots: [Float], _ layer: Int, _ name: String, _ value: String,
    _ result: String
  ) {
    let last = Float(hidden.knotCount - 1)
    for (constant, number) in [
      ("knots.range", Float(hidden.knotRange)), ("knots.scale", last / Float(2 * hidden.knotRange)),
      ("zero", 0), ("knots.last", last), ("knots.last.below", last - 1),
    ] {
      appendConstant(constant, [number])
    }
    let values = "layers.\(layer).knots"
    let steps = "layers.\(layer).steps"
    appendConstant(values, knots, isList: true)
    appendConstant(steps, zip(knots.dropFirst(), knots).map { $0 - $1 }, isList: true)
    func append(_ operation: String, _ inputs: [String], _ part: String) -> String {
      let output = part.isEmpty ? result : "\(name).\(part)"
      nodes.append(
        Node(
          name: part.isEmpty ? name : output, operation: operation, inputs: inputs,
          outputs: [output]))
      return output
    }
    let shifted = append("Add", [value, "knots.range"], "shifted")
    let scaled = append("Mul", [shifted, "knots.scale"], "scaled")
    let place = append("Clip", [scaled, "zero", "knots.last"], "place")
    let floor = append("Floor", [place], "floor")
    let below = append("Min", [floor, "knots.last.below"], "below")
    let index = append("Cast", [below], "index")
    nodes[nodes.count - 1].attributes = ["to": .integers([7])]
    let part = append("Sub", [place, below], "part")
    let left = append("Gather", [values, index], "left")
    let step = append("Gather", [steps, index], "step")
    let rise = append("Mul", [part, step], "rise")
    _ = append("Add", [left, rise], "")
  }
}
