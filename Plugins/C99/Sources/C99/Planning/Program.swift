internal import QHostInterfaces

/// All that is decided before C is written: loops, types, and where values are kept.
struct Program {
  let graph: TypedGraph
  let loops: [Loop]
  let types: TypePlan
  let buffers: BufferPlan
  /// The part in integers; `nil` where the network is not of that kind.
  let core: WholeCore?

  /// Plans a network.
  init(_ source: Graph) throws(ComponentError) {
    graph = try GraphReader.read(source).sharingTables
    loops = LoopPlan(graph).loops
    core = WholeCore(loops, graph)
    types = TypePlan(graph, sums: core?.sums)
    let own = core.map { [$0.levels, $0.sums] } ?? []
    buffers = BufferPlan(loops, graph, types, except: Set(own + [graph.output]))
  }

  var inputCount: Int { graph.values[0].count }
  var outputCount: Int { graph.values[graph.output].count }

  /// Bytes of what is kept between loops, without levels and sums.
  var bufferByteCount: Int { buffers.byteCount }

  /// Bytes of levels and sums, which only callers with real inputs need kept.
  var edgeByteCount: Int {
    guard let core else { return 0 }
    return [core.levels, core.sums].reduce(0) {
      $0 + graph.values[$1].count * types.type($1).byteCount
    }
  }

  var multiplyAdds: Int { loops.reduce(0) { $0 + $1.multiplyAdds } }

  /// The most elements that anything has, for the type of counters.
  var mostElements: Int {
    let counts = graph.steps.flatMap { step -> [Int] in
      let values = [step.result] + step.operands + weights(step)
      return values.map { graph.values[$0].count }
    }
    return counts.max() ?? 0
  }

  private func weights(_ step: Step) -> [Int] {
    switch step.kind {
    case .product(let product): [product.weights]
    case .convolution(let convolution): [convolution.weights]
    case .elementwise, .pool, .transposition: []
    }
  }
}
