internal import QHostInterfaces

extension Query {
  /// Adds the query to a message.
  func write(to message: inout MessageWriter) {
    message.write(kind.rawValue)
    message.write(batch.rawValue)
    message.write(draws.rawValue)
    message.write(reason.rawValue)
    message.write(points)
    guard kind == .cuts else { return }
    message.write(base)
    message.write(moveIndices)
    message.write(moveDeltas)
    message.write(cutIndices)
    message.write(offsets)
    message.write(offsetCount)
    message.write(noise)
  }

  /// Reads a query of another process into this empty one, and checks it as one of a plugin is.
  mutating func read(
    from message: inout MessageReader, dimension n: Int
  ) throws(ComponentError) {
    guard let kind = Kind(rawValue: try message.read(UInt32.self)),
      let batch = Batch(rawValue: try message.read(UInt32.self)),
      let draws = Draws(rawValue: try message.read(UInt32.self)),
      let reason = DoneReason(rawValue: try message.read(UInt32.self))
    else { throw MessageReader.damaged }
    self.kind = kind
    self.batch = batch
    self.draws = draws
    self.reason = reason
    try message.read(into: &points)
    guard kind != .points || (points.count >= n && points.count % n == 0),
      kind != .gradient || points.count == n
    else { throw MessageReader.damaged }
    try Self.check(points)
    guard kind == .cuts else { return }
    try message.read(into: &base)
    try message.read(into: &moveIndices)
    try message.read(into: &moveDeltas)
    try message.read(into: &cutIndices)
    try message.read(into: &offsets)
    offsetCount = try message.integer()
    noise = try message.read(Double.self)
    let (expected, overflows) = cutIndices.count.multipliedReportingOverflow(by: offsetCount)
    guard noise >= 0, noise.isFinite, base.isEmpty || base.count == n,
      moveIndices.count == moveDeltas.count, offsetCount >= 0,
      !overflows, offsets.count == expected, cutIndices.isEmpty || offsetCount >= 1,
      moveIndices.allSatisfy({ (0..<n).contains($0) }),
      cutIndices.allSatisfy({ (0..<n).contains($0) })
    else { throw MessageReader.damaged }
    try Self.check(base)
    try Self.check(moveDeltas)
    try Self.check(offsets)
  }

  /// Refuses numbers that are not finite.
  ///
  /// Eight sums at once: one alone waits for each addition, which takes longer than to copy the numbers.
  private static func check(_ values: [Double]) throws(ComponentError) {
    let sum = values.withUnsafeBytes { bytes in
      let stride = MemoryLayout<SIMD8<Double>>.stride
      var (sums, place) = (SIMD8<Double>.zero, 0)
      while place + stride <= bytes.count {
        sums += bytes.loadUnaligned(fromByteOffset: place, as: SIMD8<Double>.self) * 0
        place += stride
      }
      var sum = sums.sum()
      while place < bytes.count {
        sum += bytes.loadUnaligned(fromByteOffset: place, as: Double.self) * 0
        place += MemoryLayout<Double>.stride
      }
      return sum
    }
    guard sum == 0 else { throw MessageReader.damaged }
  }
}

extension Answer {
  /// Adds the answer to a message.
  func write(to message: inout MessageWriter) {
    message.write(kind.rawValue)
    message.write(progress)
    message.write(losses)
    message.write(gradient)
    message.write(!violations.isEmpty || !objectives.isEmpty)
    guard !violations.isEmpty || !objectives.isEmpty else { return }
    message.write(violations)
    message.write(plainLosses)
    message.write(objectives)
    message.write(infeasibleAbove)
    message.write(infeasibleRise)
  }

  /// Reads an answer into this one, and keeps its memory.
  mutating func read(from message: inout MessageReader) throws(ComponentError) {
    kind = Query.Kind(rawValue: try message.read(UInt32.self)) ?? .points
    progress = try message.real()
    losses.removeAll(keepingCapacity: true)
    gradient.removeAll(keepingCapacity: true)
    violations.removeAll(keepingCapacity: true)
    plainLosses.removeAll(keepingCapacity: true)
    objectives.removeAll(keepingCapacity: true)
    infeasibleAbove = .infinity
    infeasibleRise = 0
    try message.read(into: &losses)
    try message.read(into: &gradient)
    guard try message.boolean() else { return }
    try message.read(into: &violations)
    try message.read(into: &plainLosses)
    try message.read(into: &objectives)
    infeasibleAbove = try message.real()
    infeasibleRise = try message.real()
  }
}

extension Problem {
  /// Adds the problem to a message.
  func write(to message: inout MessageWriter) {
    message.write(queries.rawValue)
    message.write(initial)
    message.write(kinds.map(\.rawValue))
    message.write(lower)
    message.write(upper)
    message.write(scales)
    message.write(rowCount)
    message.write(batchRows)
    message.write(hasFastCuts)
    message.write(hasViolations)
    message.write(objectiveCount)
    message.write(each: blocks) { message, block in
      message.write(block.name)
      message.write(block.shape.extents)
      message.write(block.offset)
    }
  }

  /// Reads a problem.
  init(from message: inout MessageReader) throws(ComponentError) {
    let queries = QueryKinds(rawValue: try message.read(UInt32.self))
    let initial = try message.array(of: Double.self)
    let kinds = try message.array(of: UInt32.self).map { ParameterKind(rawValue: $0) ?? .real }
    let lower = try message.array(of: Double.self)
    let upper = try message.array(of: Double.self)
    let scales = try message.array(of: Double.self)
    self.init(
      queries: queries, initial: initial, kinds: kinds, lower: lower, upper: upper,
      scales: scales, rowCount: try message.integer(), batchRows: try message.integer(),
      hasFastCuts: try message.boolean())
    hasViolations = try message.boolean()
    objectiveCount = try message.integer()
    blocks = try message.elements { (message) throws(ComponentError) in
      ParameterBlock(
        name: try message.text(), shape: Shape(try message.array(of: Int.self)),
        offset: try message.integer())
    }
  }
}
