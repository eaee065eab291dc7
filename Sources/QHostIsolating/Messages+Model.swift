internal import QHostInterfaces

extension Mapping {
  /// Adds the mapping to a message.
  func write(to message: inout MessageWriter) {
    message.write(task.rawValue)
    message.write(input.extents)
    message.write(output.extents)
    message.write(outputLower)
    message.write(outputUpper)
    message.write(outputKinds.map(\.rawValue))
  }

  /// Reads a mapping.
  init(from message: inout MessageReader) throws(ComponentError) {
    guard let task = Task(rawValue: try message.read(UInt32.self)) else {
      throw MessageReader.damaged
    }
    self.init(
      task: task, input: Shape(try message.array(of: Int.self)),
      output: Shape(try message.array(of: Int.self)),
      outputLower: try message.array(of: Double.self),
      outputUpper: try message.array(of: Double.self))
    outputKinds = try message.array(of: UInt32.self).map { ParameterKind(rawValue: $0) ?? .real }
  }
}

extension ModelDescription {
  /// Adds the description to a message.
  func write(to message: inout MessageWriter) {
    message.write(parameterCount)
    message.write(multiplyAdds)
    message.write(
      [
        isIdentity, hasGradient, hasCuts, hasCutChanges, isStochastic, takesSeries, hasGraph,
        hasApproximation,
      ].map { $0 ? 1 : 0 })
    message.write(kinds.map(\.rawValue))
    message.write(lower)
    message.write(upper)
    message.write(scales)
    message.write(gradientCost)
    message.write(work.map { [$0.row, $0.pass, $0.gradientRow, $0.gradientPass] } ?? [])
    message.write(each: blocks) { message, block in
      message.write(block.name)
      message.write(block.shape.extents)
      message.write(block.offset)
    }
  }

  /// Reads a description, and checks what the host takes on trust.
  init(from message: inout MessageReader) throws(ComponentError) {
    let (n, multiplyAdds) = (try message.integer(), try message.integer())
    guard (1...1 << 32).contains(n), multiplyAdds >= 1 else { throw MessageReader.damaged }
    self.init(parameterCount: n, multiplyAdds: multiplyAdds)
    let flags = try message.array(of: Int.self).map { $0 != 0 }
    guard flags.count == 8 else { throw MessageReader.damaged }
    isIdentity = flags[0]
    hasGradient = flags[1]
    hasCuts = flags[2]
    hasCutChanges = flags[3]
    isStochastic = flags[4]
    takesSeries = flags[5]
    hasGraph = flags[6]
    hasApproximation = flags[7]
    kinds = try message.array(of: UInt32.self).map { ParameterKind(rawValue: $0) ?? .real }
    lower = try message.array(of: Double.self)
    upper = try message.array(of: Double.self)
    scales = try message.array(of: Double.self)
    guard
      [kinds.count, lower.count, upper.count, scales.count].allSatisfy({ [0, n].contains($0) })
    else { throw MessageReader.damaged }
    gradientCost = try message.real()
    let work = try message.array(of: Double.self)
    guard work.isEmpty || work.count == 4, (work + [gradientCost]).allSatisfy(\.isFinite) else {
      throw MessageReader.damaged
    }
    if work.count == 4 {
      self.work = PassWork(
        row: work[0], pass: work[1], gradientRow: work[2], gradientPass: work[3])
    }
    blocks = try message.elements { (message) throws(ComponentError) in
      ParameterBlock(
        name: try message.text(), shape: Shape(try message.array(of: Int.self)),
        offset: try message.integer())
    }
    guard Self.cover(n, blocks) else { throw MessageReader.damaged }
  }

  private static func cover(_ n: Int, _ blocks: [ParameterBlock]) -> Bool {
    guard !blocks.isEmpty else { return true }
    var next = 0
    for block in blocks.sorted(by: { $0.offset < $1.offset }) {
      guard block.offset == next, block.shape.extents.allSatisfy({ (0...n).contains($0) }) else {
        return false
      }
      var count = 1
      for extent in block.shape.extents {
        let (product, overflows) = count.multipliedReportingOverflow(by: extent)
        guard !overflows else { return false }
        count = product
      }
      guard count <= n - next else { return false }
      next += count
    }
    return next == n
  }
}
