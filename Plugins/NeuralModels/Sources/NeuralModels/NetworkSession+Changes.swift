internal import QHostInterfaces
internal import QHostKernels

extension NetworkSession {
  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    guard case .weight(let layer, let unit, let input) = network.place(of: index) else {
      return try cutAll(index: index, offsets: offsets, into: &changes)
    }
    let inputs = inputRows(layer: layer, input: input, cuts.kernel)
    cuts.rounded(index: index, offsets) { offsets in
      cuts.kernel.changes(
        layer: layer, unit: unit, inputs: inputs, offsets: offsets, into: changes.kernelRows)
    }
    let moving = offsets.count { $0 != 0 }
    changes.multiplyAdds = multiplyAdds(
      index, looked: moving * inputs.count, changed: changes.total(offsets.count))
  }

  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    guard case .weight(let layer, let unit, let input) = network.place(of: index) else {
      try move(index: index, delta: delta)
      return writeAll(cuts.kernel, into: &changes)
    }
    let (weight, change, isPassDue) = cuts.move(index: index, delta: delta)
    weights.start[index] = weight
    guard !isPassDue else {
      pass(cuts.kernel)
      return writeAll(cuts.kernel, into: &changes)
    }
    let inputs = inputRows(layer: layer, input: input, cuts.kernel)
    cuts.kernel.moveChanges(
      layer: layer, unit: unit, inputs: inputs, offset: change, into: changes.kernelRows)
    changes.multiplyAdds = multiplyAdds(index, looked: inputs.count, changed: changes.total(1))
  }

  /// The unit's own product in every row that was looked at, and what follows where it changed.
  private func multiplyAdds(_ index: Int, looked: Int, changed: Int) -> Int {
    looked + changed * (network.cutMultiplyAdds(index: index) - 1)
  }

  /// The rows in which a weight's input is not 0.
  private func inputRows(layer: Int, input: Int?, _ kernel: CutKernel) -> InputRows {
    guard let input else { return InputRows(count: rowCount, rows: nil, values: nil) }
    if layer == 0, let list = lists()?[input] { return list }
    guard let x = column(layer: layer, input: input, kernel) else {
      preconditionFailure("a weight without an input")
    }
    guard layer > 0, network.activation.isOftenZero else {
      return InputRows(count: rowCount, rows: nil, values: x)
    }
    let count = InputRows.list(
      x, rowCount: rowCount, rows: columnRows.start, values: columnValues.start)
    return InputRows(
      count: count, rows: UnsafePointer(columnRows.start), values: UnsafePointer(columnValues.start)
    )
  }

  /// A knot changes all rows.
  private func cutAll(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    let size = network.outputCount * rowCount
    let outputs = UnsafeMutableBufferPointer<Float>.allocate(capacity: offsets.count * size)
    defer { outputs.deallocate() }
    try cut(index: index, offsets: offsets, outputs: outputs)
    for k in offsets.indices {
      list(k, into: changes)
      for unit in 0..<network.outputCount {
        let place =
          changes.outputs + k * network.outputCount * changes.stride + unit * changes.stride(of: k)
        for row in 0..<rowCount { place[row] = outputs[k * size + unit * rowCount + row] }
      }
    }
    changes.multiplyAdds = offsets.count * rowCount * network.cutMultiplyAdds(index: index)
  }

  /// All outputs at the base point.
  private func writeAll(_ kernel: CutKernel, into changes: inout CutChanges) {
    list(0, into: changes)
    let z = kernel.z(network.layerCount - 1)
    for unit in 0..<network.outputCount {
      (changes.outputs + unit * changes.stride(of: 0)).update(
        from: z + unit * stride, count: rowCount)
    }
    changes.multiplyAdds = rowCount * network.multiplyAdds
  }

  private func list(_ offset: Int, into changes: CutChanges) {
    changes.rowCounts[offset] = UInt64(rowCount)
    for row in 0..<rowCount { changes.rows[offset * changes.stride + row] = UInt32(row) }
  }
}

extension CutChanges {
  fileprivate var kernelRows: ChangedRows {
    ChangedRows(stride: stride, rowCounts: rowCounts, rows: rows, outputs: outputs)
  }

  /// Changed rows of all offsets together.
  fileprivate func total(_ offsetCount: Int) -> Int {
    (0..<offsetCount).reduce(0) { $0 + Int(rowCounts[$1]) }
  }
}
