internal import QHostInterfaces

/// Rows whose outputs change, for each offset of a cut.
struct CutResults {
  private(set) var rows: [[Int]]
  private(set) var outputs: [[Float]]
  private let outputCount: Int

  init(offsetCount: Int, outputCount: Int) {
    rows = [[Int]](repeating: [], count: offsetCount)
    outputs = [[Float]](repeating: [], count: offsetCount)
    self.outputCount = outputCount
  }

  /// Adds a row, later than those before it, unless its outputs are those at the base point.
  mutating func add(
    _ offset: Int, _ row: Int, base: UnsafePointer<Float>, _ values: UnsafePointer<Float>
  ) {
    guard (0..<outputCount).contains(where: { values[$0] != base[$0] }) else { return }
    rows[offset].append(row)
    outputs[offset].append(contentsOf: UnsafeBufferPointer(start: values, count: outputCount))
  }

  /// Writes them as the host wants them.
  func write(into changes: inout CutChanges) {
    for (offset, rows) in rows.enumerated() {
      changes.rowCounts[offset] = UInt64(rows.count)
      let places = changes.rows + offset * changes.stride
      let start = changes.outputs + offset * outputCount * changes.stride
      let stride = changes.stride(of: offset)
      for (place, row) in rows.enumerated() {
        places[place] = UInt32(row)
        for unit in 0..<outputCount {
          start[unit * stride + place] = outputs[offset][place * outputCount + unit]
        }
      }
    }
  }

  /// Writes them over the base point's outputs [K × C × B].
  func write(over outputs: UnsafeMutablePointer<Float>, rowCount: Int) {
    for (offset, rows) in rows.enumerated() {
      let start = outputs + offset * outputCount * rowCount
      for (place, row) in rows.enumerated() {
        for unit in 0..<outputCount {
          start[unit * rowCount + row] = self.outputs[offset][place * outputCount + unit]
        }
      }
    }
  }
}
