internal import QHostInterfaces

extension Graph {
  /// The graph that takes rows as the dataset has them and gives numbers in the unit of its targets.
  ///
  /// Inputs are first made (x − shift) · factor, in that order, and numbers z / targetFactor + targetShift in the end.
  /// Both are nodes of their own: a shift that is large beside the spread would cost sums their last digits if it
  /// were folded into biases, and those of integers their 16 bits.
  func ofMeasurements(_ preprocessing: Preprocessing) -> Graph {
    var graph = self
    graph.scaleInputs(preprocessing)
    graph.restoreOutputs(preprocessing)
    return graph
  }

  private mutating func scaleInputs(_ preprocessing: Preprocessing) {
    let (shift, factor) = (preprocessing.shift, preprocessing.factor)
    guard !shift.isEmpty else { return }
    let extents = inputShape.extents
    let shape =
      shift.count == inputShape.count ? inputShape : Shape([extents.last ?? shift.count])
    let scaled = unusedName("measurements.scaled")
    for place in nodes.indices {
      nodes[place].inputs = nodes[place].inputs.map { $0 == input ? scaled : $0 }
    }
    if output == input { output = scaled }
    let added = chain(
      "measurements", from: input, to: scaled,
      [("Sub", "shift", shift), ("Mul", "factor", factor)], shape: shape)
    nodes.insert(contentsOf: added, at: 0)
  }

  private mutating func restoreOutputs(_ preprocessing: Preprocessing) {
    guard let shift = preprocessing.targetShift, let factor = preprocessing.targetFactor else {
      return
    }
    let units = factor.map { 1 / $0 }
    let inner = unusedName("targets.scaled")
    for place in nodes.indices {
      nodes[place].inputs = nodes[place].inputs.map { $0 == output ? inner : $0 }
      nodes[place].outputs = nodes[place].outputs.map { $0 == output ? inner : $0 }
    }
    nodes += chain(
      "targets", from: inner, to: output, [("Mul", "unit", units), ("Add", "shift", shift)],
      shape: outputShape)
  }

  /// Two nodes in a row, each with a constant, which is added to the graph.
  private mutating func chain(
    _ stem: String, from first: String, to last: String,
    _ steps: [(operation: String, name: String, values: [Double])], shape: Shape
  ) -> [Node] {
    var (made, value): ([Node], String) = ([], first)
    for (place, step) in steps.enumerated() {
      let name = unusedName("\(stem).\(step.name)")
      constants.append(
        Constant(name: name, shape: shape, elements: .float(step.values.map { Float($0) })))
      let next = place == steps.count - 1 ? last : unusedName("\(stem).\(step.name).result")
      made.append(
        Node(
          name: "\(stem).\(step.operation.lowercased())", operation: step.operation,
          inputs: [value, name], outputs: [next]))
      value = next
    }
    return made
  }

  /// A name that no value has yet.
  private func unusedName(_ stem: String) -> String {
    let taken = Set(
      constants.map(\.name) + nodes.flatMap { $0.inputs + $0.outputs } + [input, output])
    var name = stem
    while taken.contains(name) { name += "_" }
    return name
  }
}
