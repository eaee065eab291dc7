public import QHostInterfaces

/// Runs on ``bowl(_:_:)`` that are saved and loaded on the way.
public enum ResumedRun {
  /// All that a run asked and recommends, bit for bit.
  ///
  /// - Parameters:
  ///   - kind: the optimizer.
  ///   - changes: what differs from its defaults.
  ///   - problem: the search space.
  ///   - count: the most queries.
  ///   - pauses: after this many queries each it continues in a fresh instance.
  /// - Returns: a list for each query, and one for the recommendation.
  /// - Throws: what the optimizer throws, and when a loaded state is not saved to the same bytes.
  public static func trace<Kind: OptimizerComponent>(
    _ kind: Kind.Type, _ changes: [String: ParameterValue], _ problem: Problem, count: Int,
    pauses: Set<Int>
  ) throws -> [[UInt64]] {
    let made = request(for: Kind.descriptor, changes, host: TestHost(seed: 4))
    var optimizer = try Kind(request: made, problem: problem)
    var trace: [[UInt64]] = []
    var batch = 0
    var points = AskedPoints()
    for place in 0..<count {
      if pauses.contains(place) {
        let state = try optimizer.save()
        optimizer = try Kind(request: made, problem: problem)
        try optimizer.load(state)
        guard try optimizer.save() == state else {
          throw ComponentError("the state after \(place) queries is saved to other bytes")
        }
      }
      var query = Query()
      try optimizer.ask(&query)
      let asked = try points.take(query, dimension: problem.dimension)
      trace.append(
        [UInt64(query.kind.rawValue), UInt64(query.batch.rawValue)]
          + asked.joined().map(\.bitPattern))
      if query.kind == .done { break }
      if query.batch == .next { batch += 1 }
      var answer = Answer()
      answer.kind = query.kind
      for point in asked {
        let (loss, gradient) = bowl(point[...], batch)
        answer.losses.append(loss)
        if query.kind == .gradient { answer.gradient = gradient }
      }
      answer.progress = Double(place + 1) / Double(count)
      try optimizer.tell(answer)
    }
    trace.append((try optimizer.recommendation() ?? []).map(\.bitPattern))
    return trace
  }
}
