/// Steps that are computed together, element by element: one function of the C source.
struct Loop {
  /// Its product, convolution or pool; the body follows it.
  var producer: Step?
  /// A convolution that a pool takes its numbers from as they are computed.
  var inner: Step?
  /// Steps that work on one element.
  var body: [Step] = []
  /// How many elements it gives.
  var count: Int
  /// Indices of values of other loops that it takes.
  var loads: [Int] = []
  /// Indices of values that it writes.
  var stores: [Int] = []

  /// All steps in their order.
  var steps: [Step] { [inner, producer].compactMap { $0 } + body }

  /// The graph's nodes in their order; one that became two steps is there once.
  var nodes: [(name: String, operation: String)] {
    let steps = steps
    return steps.indices.filter { $0 == 0 || steps[$0].name != steps[$0 - 1].name }
      .map { (steps[$0].name, steps[$0].operation) }
  }

  /// The layer's name.
  var name: String { steps.first?.name ?? "" }

  /// Products that are added up; of a convolution before a pool only what the pool looks at.
  var multiplyAdds: Int {
    if case .convolution(let convolution)? = inner?.kind, case .pool(let pool)? = producer?.kind {
      return pool.window.resultCount * pool.window.tapCount * convolution.tapCount
    }
    return producer?.multiplyAdds ?? 0
  }
}
