import QHostInterfaces

extension ModelCase {
  /// Outputs [K × C × B] of a cut, put together from the base point's and what changes.
  func changedCut(
    _ session: any ModelSession, _ index: Int, _ offsets: [Double]
  ) throws -> [Float] {
    let base = try cut(session, index, [0])
    var outputs = offsets.flatMap { _ in base }
    try withChanges(offsets.count) { changes in
      try offsets.withUnsafeBufferPointer {
        try session.cutChanges(index: index, offsets: $0, into: &changes)
      }
      for k in offsets.indices { put(changes, k, into: &outputs) }
    }
    return outputs
  }

  /// Moves the base point, and gives its outputs [C × B] from those `before` and what changes.
  func changedMove(
    _ session: any ModelSession, _ index: Int, _ delta: Double, from before: [Float]
  ) throws -> [Float] {
    var outputs = before
    try withChanges(1) { changes in
      try session.moveChanges(index: index, delta: delta, into: &changes)
      put(changes, 0, into: &outputs)
    }
    return outputs
  }

  private func put(_ changes: CutChanges, _ k: Int, into outputs: inout [Float]) {
    let size = outputCount * Self.rowCount
    let start = changes.outputs + k * outputCount * changes.stride
    for place in 0..<Int(changes.rowCounts[k]) {
      let row = Int(changes.rows[k * changes.stride + place])
      for unit in 0..<outputCount {
        outputs[k * size + unit * Self.rowCount + row] =
          start[unit * changes.stride(of: k) + place]
      }
    }
  }

  private func withChanges(_ count: Int, _ body: (inout CutChanges) throws -> Void) throws {
    let stride = (Self.rowCount + 15) & ~15
    var counts = [UInt64](repeating: .max, count: count)
    var rows = [UInt32](repeating: .max, count: count * stride)
    var outputs = [Float](repeating: .nan, count: count * outputCount * stride)
    try counts.withUnsafeMutableBufferPointer { counts in
      try rows.withUnsafeMutableBufferPointer { rows in
        try outputs.withUnsafeMutableBufferPointer { outputs in
          guard let counts = counts.baseAddress, let rows = rows.baseAddress,
            let outputs = outputs.baseAddress
          else { return }
          var changes = CutChanges(
            stride: stride, rowCounts: counts, rows: rows, outputs: outputs)
          try body(&changes)
        }
      }
    }
  }
}
