internal import QHostInterfaces

/// The circuit as a picture: inputs on the left, neurons by how far they are from them.
extension QuantumNeurons {
  func circuitFigure(_ values: [Double]) -> Figure {
    let graph = settings.graph
    let depths = Self.depths(graph)
    var (x, y, labels) = ([Double](), [Double](), [String]())
    var filled: [Int: Int] = [:]
    let sizes = Dictionary(grouping: depths) { $0 }.mapValues(\.count)
    for (index, depth) in depths.enumerated() {
      let place = filled[depth, default: 0]
      filled[depth] = place + 1
      x.append(Double(depth))
      y.append(Double(sizes[depth, default: 1] - 1) / 2 - Double(place))
      labels.append(
        index < graph.inputs.count ? graph.inputs[index] : graph.neurons[index - graph.inputs.count]
      )
    }
    if labels.count > 64 { labels = [] }
    let edges = graph.couplings.prefix(20_000).map { coupling in
      let source =
        switch coupling.source {
        case .input(let input): input
        case .neuron(let neuron): graph.inputs.count + neuron
        }
      let strength =
        switch coupling.value {
        case .fixed(let value): value
        case .strength(let index): values[index]
        }
      return Figure.Network.Edge(
        from: source, to: graph.inputs.count + coupling.target,
        weight: coupling.isInhibition ? -strength : strength)
    }
    return Figure(
      name: "circuit", title: "\(settings.circuitName): couplings, inhibitions below 0",
      x: Figure.Axis("couplings from the inputs"), y: Figure.Axis("place"),
      graphs: [
        Figure.Network(
          name: settings.circuitName, x: x, y: y, labels: labels, edges: Array(edges))
      ])
  }

  /// Excitations from the inputs to each node, at most; inputs first.
  private static func depths(_ graph: NeuronGraph) -> [Int] {
    var depths = [Int](repeating: 0, count: graph.inputs.count)
    depths += graph.neurons.map { _ in 1 }
    for _ in graph.neurons {
      for coupling in graph.couplings where !coupling.isInhibition {
        guard case .neuron(let source) = coupling.source else { continue }
        let target = graph.inputs.count + coupling.target
        depths[target] = min(
          graph.neurons.count, max(depths[target], depths[graph.inputs.count + source] + 1))
      }
    }
    return depths
  }
}
