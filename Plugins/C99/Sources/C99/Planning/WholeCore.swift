/// The part of a network that is in integers: all loops but one that makes levels of the inputs and
/// one that makes reals of the sums.
struct WholeCore {
  /// The index of the value with the levels.
  var levels: Int
  /// The index of the value with the sums.
  var sums: Int

  /// Finds it; `nil` where a network is no such one.
  init?(_ loops: [Loop], _ graph: TypedGraph) {
    guard loops.count >= 3, let first = loops.first, let last = loops.last,
      first.stores.count == 1, last.loads.count == 1, last.stores == [graph.output],
      graph.values[first.stores[0]].type == .uint8
    else { return nil }
    (levels, sums) = (first.stores[0], last.loads[0])
    let core = loops.dropFirst().dropLast()
    guard core.last?.stores == [sums], graph.values[sums].count == graph.values[graph.output].count,
      core.allSatisfy({ loop in
        loop.producer.map { !graph.values[$0.result].type.isReal } ?? true
          && loop.body.allSatisfy { !graph.values[$0.result].type.isReal }
          && loop.loads.allSatisfy { !graph.values[$0].type.isReal }
      })
    else { return nil }
  }
}
