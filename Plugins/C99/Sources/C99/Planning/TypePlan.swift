/// The C type of each value.
///
/// An integer gets the smallest type that holds its range. What is only added, subtracted and multiplied on
/// needs no more bits than the results do: it may wrap around.
struct TypePlan {
  private var types: [Int: CType] = [:]
  private var wrapped: Set<Int> = []

  /// Plans the types; `sums` is handed to callers and has at least 16 bits.
  init(_ graph: TypedGraph, sums: Int?) {
    /// Bytes that users of a value need of it.
    var needs: [Int: Int] = [:]
    for step in graph.steps.reversed() {
      let value = graph.values[step.result]
      decide(step.result, value, need: needs[step.result])
      for operand in step.operands.map({ graph.root($0) }) {
        let given = graph.values[operand]
        guard !given.type.isReal else { continue }
        var need = CType.holding(given.bounds.hull).byteCount
        if case .elementwise(let operation) = step.kind, operation.isModular {
          need = min(need, max(2, type(step.result).byteCount))
        }
        needs[operand] = max(needs[operand] ?? 0, need)
      }
    }
    for (index, value) in graph.values.enumerated() where value.isConstant || index == 0 {
      decide(index, value, need: nil)
    }
    if let sums, type(sums).byteCount == 1 { types[sums] = .int16 }
    if let sums, type(sums) == .uint16 { types[sums] = .int32 }
  }

  private mutating func decide(_ index: Int, _ value: Value, need: Int?) {
    guard !value.type.isReal else {
      types[index] = .float
      return
    }
    let exact = CType.holding(value.bounds.hull)
    types[index] = exact
    guard let need, need < exact.byteCount else { return }
    types[index] = need <= 2 ? .uint16 : .uint32
    wrapped.insert(index)
  }

  /// The type of a value that is not a view.
  func type(_ root: Int) -> CType { types[root] ?? .float }

  /// Whether it has the low bits of its number only.
  func isWrapped(_ root: Int) -> Bool { wrapped.contains(root) }
}
