import QHostInterfaces

extension SessionDriver {
  /// `base` [C × B], once for each of K offsets, with the changes that `body` writes put in: [K × C × B].
  func applied(
    to base: [Float], _ count: Int, _ body: (inout CutChanges) throws -> Void
  ) throws -> [Float] {
    let stride = (rowCount + 15) & ~15
    let rowCounts = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: count * stride)
    let outputs = UnsafeMutablePointer<Float>.allocate(capacity: count * outputCount * stride)
    defer {
      rowCounts.deallocate()
      rows.deallocate()
      outputs.deallocate()
    }
    var changes = CutChanges(stride: stride, rowCounts: rowCounts, rows: rows, outputs: outputs)
    try body(&changes)
    var result = (0..<count).flatMap { _ in base }
    for k in 0..<count {
      for place in 0..<Int(rowCounts[k]) {
        let row = Int(rows[k * stride + place])
        for unit in 0..<outputCount {
          result[k * base.count + unit * rowCount + row] =
            outputs[k * outputCount * stride + unit * changes.stride(of: k) + place]
        }
      }
    }
    return result
  }
}
