public import CQHost
public import QHostInterfaces

extension Query {
  /// Reads what a plugin asked, into this empty query.
  ///
  /// - Parameters:
  ///   - raw: the C query.
  ///   - n: the dimension of the problem.
  ///   - culprit: who asked.
  /// - Throws: when counts, indices or numbers are not what the interface allows.
  public mutating func read(
    _ raw: qhost_query, dimension n: Int, culprit: @autoclosure () -> String
  ) throws(ComponentError) {
    guard let kind = Kind(rawValue: raw.kind) else {
      throw wrong(culprit(), "asked a query of unknown kind \(raw.kind)")
    }
    guard let batch = Batch(rawValue: raw.batch) else {
      throw wrong(culprit(), "asked for the unknown batch \(raw.batch)")
    }
    guard let draws = Draws(rawValue: raw.draws) else {
      throw wrong(culprit(), "asked for the unknown draws \(raw.draws)")
    }
    self.kind = kind
    self.batch = batch
    self.draws = draws
    switch kind {
    case .points, .gradient: try readPoints(raw, n, culprit)
    case .cuts:
      guard raw.noise >= 0, raw.noise.isFinite else {
        throw wrong(culprit(), "asked for noise of width \(raw.noise)")
      }
      noise = raw.noise
      try readCuts(raw, n, culprit)
    case .done: reason = DoneReason(rawValue: raw.reason) ?? .converged
    }
  }

  private mutating func readPoints(
    _ raw: qhost_query, _ n: Int, _ culprit: () -> String
  ) throws(ComponentError) {
    let count = Int(clamping: raw.point_count)
    guard count >= 1, let values = raw.points else { throw wrong(culprit(), "asked no point") }
    guard kind == .points || count == 1 else {
      throw wrong(culprit(), "asked the gradient at \(count) points instead of one")
    }
    guard count <= Int.max / max(n, 1) / 16 else {
      throw wrong(culprit(), "asked \(count) points at once")
    }
    points.append(contentsOf: UnsafeBufferPointer(start: values, count: count * n))
    try checkFinite(points, "a point's coordinate", n, culprit)
  }

  private mutating func readCuts(
    _ raw: qhost_query, _ n: Int, _ culprit: () -> String
  ) throws(ComponentError) {
    if let start = raw.base {
      base.append(contentsOf: UnsafeBufferPointer(start: start, count: n))
      try checkFinite(base, "the base point's coordinate", n, culprit)
    }
    for move in 0..<Int(clamping: raw.move_count) {
      guard let index = raw.move_indices.map({ Int(clamping: $0[move]) }), index < n,
        let delta = raw.move_deltas.map({ $0[move] }), delta.isFinite
      else { throw wrong(culprit(), "asked a move that is out of range or not finite") }
      moveIndices.append(index)
      moveDeltas.append(delta)
    }
    let count = Int(clamping: raw.cut_count)
    guard count > 0 else { return }
    offsetCount = Int(clamping: raw.offset_count)
    guard offsetCount >= 1, let indices = raw.cut_indices, let values = raw.offsets,
      count <= 1 << 32, offsetCount <= 1 << 24
    else { throw wrong(culprit(), "asked cuts without indices or offsets") }
    for cut in 0..<count {
      let index = Int(clamping: indices[cut])
      guard index < n else {
        throw wrong(culprit(), "asked a cut along parameter \(index) of \(n)")
      }
      cutIndices.append(index)
    }
    offsets.append(contentsOf: UnsafeBufferPointer(start: values, count: count * offsetCount))
    try checkFinite(offsets, "an offset of a cut", offsetCount, culprit)
  }

  private func checkFinite(
    _ values: [Double], _ role: String, _ rowLength: Int, _ culprit: () -> String
  ) throws(ComponentError) {
    if values.withUnsafeBufferPointer(\.areFinite) { return }
    let place = values.firstIndex { !$0.isFinite } ?? 0
    throw ComponentError(
      "\(culprit()) asked for \(role) \(place % max(rowLength, 1)) that is not finite "
        + "(\(values[place])); lower its step size or learning rate")
  }

  private func wrong(_ culprit: String, _ what: String) -> ComponentError {
    ComponentError("\(culprit) \(what); report it to its author")
  }
}

extension Answer {
  /// Calls `body` with the answer as a C struct that borrows its arrays.
  @inline(__always)
  public func withRaw<R>(_ body: (UnsafePointer<qhost_answer>) -> R) -> R {
    losses.withUnsafeBufferPointer { losses in
      gradient.withUnsafeBufferPointer { gradient in
        var raw = qhost_answer.sized()
        raw.kind = kind.rawValue
        raw.loss_count = UInt64(losses.count)
        raw.losses = losses.baseAddress
        raw.gradient = gradient.isEmpty ? nil : gradient.baseAddress
        raw.progress = progress
        guard !violations.isEmpty || !objectives.isEmpty else {
          return withUnsafePointer(to: raw, body)
        }
        return withScores(raw, body)
      }
    }
  }

  /// Adds what a scenario has answered beside losses.
  private func withScores<R>(
    _ answer: qhost_answer, _ body: (UnsafePointer<qhost_answer>) -> R
  ) -> R {
    violations.withUnsafeBufferPointer { violations in
      objectives.withUnsafeBufferPointer { objectives in
        var raw = answer
        raw.violations = violations.isEmpty ? nil : violations.baseAddress
        raw.infeasible_above = infeasibleAbove
        raw.infeasible_rise = infeasibleRise
        raw.objective_count = UInt64(losses.isEmpty ? 0 : objectives.count / losses.count)
        raw.objectives = objectives.isEmpty ? nil : objectives.baseAddress
        return plainLosses.withUnsafeBufferPointer { plainLosses in
          raw.plain_losses = plainLosses.isEmpty ? nil : plainLosses.baseAddress
          return withUnsafePointer(to: raw, body)
        }
      }
    }
  }
}

extension Problem {
  /// The problem as a C struct in an arena.
  public func stored(in arena: Arena) -> UnsafePointer<qhost_problem> {
    var raw = qhost_problem.sized()
    raw.queries = queries.rawValue
    raw.dimension = UInt64(dimension)
    raw.kinds = UnsafePointer(arena.array(kinds.map(\.rawValue)))
    raw.lower = UnsafePointer(arena.array(lower))
    raw.upper = UnsafePointer(arena.array(upper))
    raw.initial = UnsafePointer(arena.array(initial))
    raw.scales = UnsafePointer(arena.array(scales))
    raw.row_count = UInt64(rowCount)
    raw.batch_rows = UInt64(batchRows)
    raw.fast_cuts = hasFastCuts ? 1 : 0
    raw.has_violations = hasViolations ? 1 : 0
    raw.objective_count = UInt64(objectiveCount)
    raw.block_count = UInt64(blocks.count)
    raw.blocks = ParameterBlock.stored(blocks, in: arena)
    return UnsafePointer(arena.value(raw))
  }
}
