/// Where the values between loops are kept: one array a type, whose parts are used again once nothing needs
/// them any more.
struct BufferPlan {
  /// Elements by type.
  private(set) var sizes: [CType: Int] = [:]
  private var offsets: [Int: Int] = [:]

  /// A value that is kept from one loop to another.
  private struct Kept {
    var value: Int
    var type: CType
    var count: Int
    var life: ClosedRange<Int>
  }

  /// Places the values that loops write, but for those that have a place of their own.
  init(_ loops: [Loop], _ graph: TypedGraph, _ types: TypePlan, except own: Set<Int>) {
    var kept: [Kept] = []
    for (index, loop) in loops.enumerated() {
      for value in loop.stores where !own.contains(value) {
        let last = loops.lastIndex { $0.loads.contains(value) } ?? index
        kept.append(
          Kept(
            value: value, type: types.type(value), count: graph.values[value].count,
            life: index...last))
      }
    }
    // Large ones first: what is placed later fits into the gaps.
    kept.sort { ($1.count, $0.value) < ($0.count, $1.value) }
    var placed: [(kept: Kept, start: Int)] = []
    for item in kept {
      let rivals = placed.filter {
        $0.kept.type == item.type && $0.kept.life.overlaps(item.life)
      }.sorted { $0.start < $1.start }
      var start = 0
      for rival in rivals where rival.start < start + item.count {
        start = max(start, rival.start + rival.kept.count)
      }
      placed.append((item, start))
      offsets[item.value] = start
      sizes[item.type] = max(sizes[item.type] ?? 0, start + item.count)
    }
  }

  /// The first element of a value in its type's array.
  func offset(_ value: Int) -> Int { offsets[value] ?? 0 }

  /// Bytes of all arrays.
  var byteCount: Int { sizes.reduce(0) { $0 + $1.key.byteCount * $1.value } }
}
