internal import QHostGraphs

/// What a program costs, step by step, for people.
struct CodeReport {
  let program: Program
  let constantByteCount: Int
  /// By loop.
  let constantBytes: [Int]
  /// What learns on; `nil`: nothing does.
  var learner: LearnerPlan?

  /// The report.
  var lines: [String] {
    let memory =
      (learner.map { $0.learnedByteCount + $0.memoryByteCount } ?? program.bufferByteCount)
      + program.edgeByteCount
    var lines = [
      "c99: \(Literal.grouped(constantByteCount)) bytes of constants, \(Literal.grouped(memory)) bytes of "
        + "memory, \(Literal.grouped(program.multiplyAdds)) multiply-adds a row"
    ]
    for (loop, bytes) in zip(program.loops, constantBytes) {
      let steps = loop.nodes.map(\.operation).joined(separator: ", ")
      let inputs = loop.loads.reduce(0) { $0 + program.graph.values[$1].count }
      lines.append(
        "  \(loop.name): \(steps); \(inputs) to \(loop.count), "
          + (learner == nil ? "\(bytes) bytes of constants, " : "")
          + "\(Literal.grouped(loop.multiplyAdds)) multiply-adds")
    }
    if let learner {
      lines.append(
        "  learns: \(Literal.grouped(learner.network.learnedCount)) numbers in \(Literal.grouped(learner.learnedByteCount)) "
          + "bytes of memory, \(learner.rowCount) rows in \(Literal.grouped(learner.memoryByteCount)); "
          + "\(learner.lossCount) losses a row")
    } else if program.core != nil {
      lines.append(
        "  without real numbers (levels in, sums out): \(program.bufferByteCount) bytes of memory")
    }
    if learner == nil { lines.append("  constants that layers share are counted in the first") }
    return lines
  }
}
