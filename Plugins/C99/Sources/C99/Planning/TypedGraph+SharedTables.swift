internal import QHostInterfaces

extension TypedGraph {
  /// The same graph with tables that many units have the same part of made shorter.
  ///
  /// A unit's part of a table begins at a constant of its own: Gather(table, Add(place, start)). Parts
  /// that are equal become one.
  var sharingTables: TypedGraph {
    var graph = self
    for (place, step) in steps.enumerated() {
      guard case .elementwise(.gather) = step.kind, let table = values[step.operands[0]].elements,
        let adding = steps.first(where: { $0.result == root(step.operands[1]) }),
        case .elementwise(.add) = adding.kind,
        steps.count(where: { $0.operands.contains { root($0) == adding.result } }) == 1,
        let side = adding.operands.firstIndex(where: { values[$0].isConstant }),
        let starts = values[adding.operands[side]].integers
      else { continue }
      let inner = values[adding.operands[1 - side]].bounds.hull
      let parts = Self.shared(
        table, starts.map { $0 + inner.lowerBound..<$0 + inner.upperBound + 1 })
      guard let parts, parts.table.count < table.count else { continue }
      let begin = graph.addCopy(
        of: adding.operands[side], .int32(parts.starts.map { Int32($0 - inner.lowerBound) }))
      graph.steps[place].operands[0] = graph.addCopy(of: step.operands[0], parts.table)
      if let index = steps.firstIndex(where: { $0.result == adding.result }) {
        graph.steps[index].operands[side] = begin
      }
      graph.values[adding.result].bounds = .whole([0...parts.table.count - 1])
    }
    return graph
  }

  private mutating func addCopy(of index: Int, _ elements: Graph.Elements) -> Int {
    var value = values[index]
    value.elements = elements
    value.root = values.count
    if value.shape.reduce(1, *) != elements.count { value.shape = [elements.count] }
    if let integers = value.integers { value.bounds = .whole(integers.map { $0...$0 }) }
    values.append(value)
    return values.count - 1
  }

  /// The different parts of a table one after another, and where each part begins in it; `nil` where a
  /// part is not within the table.
  private static func shared(
    _ table: Graph.Elements, _ parts: [Range<Int>]
  ) -> (table: Graph.Elements, starts: [Int])? {
    guard parts.allSatisfy({ $0.lowerBound >= 0 && $0.upperBound <= table.count }) else {
      return nil
    }
    func join<T: Hashable>(_ numbers: [T]) -> (numbers: [T], starts: [Int]) {
      var (result, places): ([T], [ArraySlice<T>: Int]) = ([], [:])
      let starts = parts.map { part -> Int in
        let slice = numbers[part]
        if let place = places[slice] { return place }
        places[slice] = result.count
        result += slice
        return result.count - slice.count
      }
      return (result, starts)
    }
    switch table {
    case .float(let numbers):
      let made = join(numbers)
      return (.float(made.numbers), made.starts)
    case .int8(let numbers):
      let made = join(numbers)
      return (.int8(made.numbers), made.starts)
    case .int32(let numbers):
      let made = join(numbers)
      return (.int32(made.numbers), made.starts)
    case .int64(let numbers):
      let made = join(numbers)
      return (.int64(made.numbers), made.starts)
    }
  }
}
