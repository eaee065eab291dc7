internal import QHostInterfaces

/// What leads from measurements to the inputs of a network, x' = (x − shift) · factor, and from its outputs back,
/// z · unit + offset: found at the ends of its graph, which the processor does not compute.
struct NetworkEnds {
  /// The graph between them.
  private(set) var graph: Graph
  /// [F]; empty: inputs are as they are.
  private(set) var shift: [Float] = []
  /// [F].
  private(set) var factor: [Float] = []
  /// [C]; empty: outputs are as they are.
  private(set) var unit: [Float] = []
  /// [C].
  private(set) var offset: [Float] = []

  /// Takes the ends off a graph.
  ///
  /// - Parameters:
  ///   - graph: the graph.
  ///   - isClassifier: whether the largest output is a class: then outputs are left alone, for the processor compares
  ///     them before anything could be done to them.
  init(_ graph: Graph, isClassifier: Bool) {
    self.graph = graph
    takeInputs()
    if !isClassifier || graph.outputShape.count == 1 { takeOutputs() }
  }

  /// Rows [B × F] of measurements as the network takes them.
  func inputs(_ measurements: [Float]) -> [Float] {
    guard !shift.isEmpty else { return measurements }
    let width = shift.count
    return measurements.enumerated().map {
      ($0.element - shift[$0.offset % width]) * factor[$0.offset % width]
    }
  }

  /// An output of the network in the unit of the targets.
  func output(_ value: Float, _ index: Int) -> Float {
    unit.isEmpty ? value : value * unit[index] + offset[index]
  }

  /// Takes what is done to inputs before the first layer, in any number of steps: those of the host, and those of a scaler
  /// that an imported network begins with.
  private mutating func takeInputs() {
    let count = graph.inputShape.count
    // What is rounded down behind its factor are the levels of a network in integers, and part of it.
    while graph.nodes.count > 1, graph.nodes[1].operation != "Floor",
      let step = inputStep(graph.nodes[0], count),
      let scaled = graph.nodes[0].outputs.first,
      !graph.nodes.dropFirst().contains(where: { $0.inputs.contains(graph.input) })
    {
      if shift.isEmpty {
        (shift, factor) = (Array(repeating: 0, count: count), Array(repeating: 1, count: count))
      }
      // (x − shift) · factor, then (y − s) · f.
      for place in 0..<count {
        if step.shift[place] != 0 { shift[place] += step.shift[place] / factor[place] }
        factor[place] *= step.factor[place]
      }
      graph.nodes.removeFirst()
      graph.input = scaled
    }
  }

  /// A step (x − s) · f between measurements and the first layer, [F] each; `nil`: the node is none.
  private func inputStep(
    _ node: Graph.Node, _ count: Int
  ) -> (shift: [Float], factor: [Float])? {
    let nothing = (
      shift: [Float](repeating: 0, count: count), factor: [Float](repeating: 1, count: count)
    )
    let isFirst = node.inputs.first == graph.input
    switch node.operation {
    case "Identity": return isFirst ? nothing : nil
    case "Sub", "Div":
      guard isFirst, let values = numbers(node.inputs.last, count) else { return nil }
      if node.operation == "Sub" { return (values, nothing.factor) }
      return values.contains(0) ? nil : (nothing.shift, values.map { 1 / $0 })
    case "Add", "Mul":
      guard node.inputs.count == 2,
        let values = numbers(isFirst ? node.inputs.last : node.inputs.first, count)
      else { return nil }
      if node.operation == "Add" { return (values.map { -$0 }, nothing.factor) }
      // A feature that is left out by a factor of 0 has no shift that could follow.
      return values.contains(0) ? nil : (nothing.shift, values)
    default: return nil
    }
  }

  private mutating func takeOutputs() {
    guard graph.nodes.count > 2 else { return }
    let (product, sum) = (graph.nodes[graph.nodes.count - 2], graph.nodes[graph.nodes.count - 1])
    let count = graph.outputShape.count
    guard product.operation == "Mul", sum.operation == "Add", sum.outputs == [graph.output],
      sum.inputs.first == product.outputs.first, let inner = product.inputs.first,
      let unit = numbers(product.inputs.last, count), let offset = numbers(sum.inputs.last, count)
    else { return }
    (self.unit, self.offset) = (unit, offset)
    graph.nodes.removeLast(2)
    graph.output = inner
  }

  /// The reals of a constant, repeated along what it is added to; `nil` where it is none.
  private func numbers(_ name: String?, _ count: Int) -> [Float]? {
    guard let constant = graph.constants.first(where: { $0.name == name }),
      case .float(let values) = constant.elements, !values.isEmpty, count % values.count == 0
    else { return nil }
    return (0..<count).map { values[$0 % values.count] }
  }
}
