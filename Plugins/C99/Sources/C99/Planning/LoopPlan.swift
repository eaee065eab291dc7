/// The loops of a graph, in the order in which they run.
///
/// A step on single elements joins the loop that gives its operands, where it has the same elements. A pool
/// whose windows are apart takes in the convolution before it, whose results then need no memory.
struct LoopPlan {
  private(set) var loops: [Loop] = []
  /// By value, the loop that gives it.
  private var homes: [Int: Int] = [:]
  private let graph: TypedGraph

  init(_ graph: TypedGraph) {
    self.graph = graph
    for step in graph.steps {
      let home = home(of: step)
      homes[step.result] = home
      if case .elementwise = step.kind {
        loops[home].body.append(step)
      } else {
        loops[home].inner = loops[home].producer
        loops[home].producer = step
        loops[home].count = graph.values[step.result].count
      }
    }
    connect()
  }

  /// The indices of the values of other steps that a step needs.
  private func sources(_ step: Step) -> [Int] {
    step.operands.map { graph.root($0) }.filter { !graph.values[$0].isConstant }
  }

  private mutating func home(of step: Step) -> Int {
    let sources = sources(step)
    let latest = sources.map { homes[$0] ?? -1 }.max() ?? -1
    if latest >= 0 {
      switch step.kind {
      case .elementwise(let operation):
        if joins(step, operation, latest) { return latest }
      case .pool(let pool):
        if pool.window.isApart, takesIn(sources[0], latest) { return latest }
      case .product, .convolution, .transposition: break
      }
    }
    loops.append(Loop(count: graph.values[step.result].count))
    return loops.count - 1
  }

  private func joins(_ step: Step, _ operation: Elementwise, _ index: Int) -> Bool {
    let loop = loops[index]
    guard graph.values[step.result].count == loop.count else { return false }
    let isWhole = loop.producer.map { !graph.values[$0.result].type.isReal } ?? false
    // So that a network in integers ends in integers, which small machines can use as they are.
    if operation == .cast, isWhole, graph.values[step.result].type.isReal { return false }
    return step.operands.allSatisfy { operand in
      homes[graph.root(operand)] != index || graph.values[operand].count == loop.count
    }
  }

  private func takesIn(_ source: Int, _ index: Int) -> Bool {
    guard case .convolution? = loops[index].producer?.kind, loops[index].body.isEmpty,
      source != graph.output
    else { return false }
    return graph.steps.count { sources($0).contains(source) } == 1
  }

  private mutating func connect() {
    for step in graph.steps {
      guard let home = homes[step.result] else { continue }
      for source in sources(step) where homes[source] != home {
        if !loops[home].loads.contains(source) { loops[home].loads.append(source) }
        guard let other = homes[source], !loops[other].stores.contains(source) else { continue }
        loops[other].stores.append(source)
      }
    }
    if let last = homes[graph.output], !loops[last].stores.contains(graph.output) {
      loops[last].stores.append(graph.output)
    }
  }
}
