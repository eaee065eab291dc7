internal import QHostInterfaces

/// A tensor of the graph for one row: the input, a constant, or what a node gives.
struct Value {
  /// What the graph calls it.
  var name: String
  /// Its extents, that of the rows, which is 1, included.
  var shape: [Int]
  var type: ElementType
  var bounds: Bounds
  /// The numbers of a constant.
  var elements: Graph.Elements?
  /// The index of the value whose elements it has in the same order; its own where it is none.
  var root: Int

  var count: Int { shape.reduce(1, *) }
  var isConstant: Bool { elements != nil }

  /// The integers of a constant; `nil` of reals and of what is none.
  var integers: [Int]? {
    switch elements {
    case .int8(let values): values.map(Int.init)
    case .int32(let values): values.map(Int.init)
    case .int64(let values): values.map(Int.init)
    case .float, nil: nil
    }
  }

  /// The reals of a constant; `nil` of integers and of what is none.
  var reals: [Float]? {
    if case .float(let values) = elements { return values }
    return nil
  }
}
