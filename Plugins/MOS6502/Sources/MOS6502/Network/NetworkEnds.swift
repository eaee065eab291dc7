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

  private mutating func takeInputs() {
    guard graph.nodes.count > 2 else { return }
    let (first, second) = (graph.nodes[0], graph.nodes[1])
    let count = graph.inputShape.count
    guard first.operation == "Sub", first.inputs.first == graph.input,
      second.operation == "Mul", second.inputs.first == first.outputs.first,
      let shift = numbers(first.inputs.last, count),
      let factor = numbers(second.inputs.last, count),
      let scaled = second.outputs.first,
      !graph.nodes.dropFirst(2).contains(where: { node in
        node.inputs.contains(graph.input) || node.inputs.contains { first.outputs.contains($0) }
      })
    else { return }
    (self.shift, self.factor) = (shift, factor)
    graph.nodes.removeFirst(2)
    graph.input = scaled
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
