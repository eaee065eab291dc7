internal import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

extension NetworkSession {
  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    guard case .weight(let layer, let unit, let input) = network.place(of: index) else {
      return try cutAll(index: index, offsets: offsets, into: &changes)
    }
    let inputs = inputRows(layer: layer, input: input, cuts.kernel)
    cuts.kernel.changes(
      layer: layer, unit: unit, inputs: inputs, offsets: cuts.rounded(index: index, offsets),
      into: changes.kernelRows)
    let moving = offsets.count { $0 != 0 }
    changes.multiplyAdds = multiplyAdds(
      index, looked: moving * inputs.count, changed: changes.total(offsets.count))
    changes.work =
      work.work(call(index, layer, input, inputs, moving: moving, changes, offsets.count))
      + listWork(layer: layer, input: input)
  }

  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    guard case .weight(let layer, let unit, let input) = network.place(of: index) else {
      try move(index: index, delta: delta)
      writeAll(cuts.kernel, into: &changes)
      changes.work =
        work.cut(index: index, offsetCount: 0, rowCount: rowCount) + work.copy(rowCount: rowCount)
      return
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
    var call = call(index, layer, input, inputs, moving: 1, changes, 1)
    call.isMove = true
    changes.work = work.work(call) + listWork(layer: layer, input: input)
  }

  /// What was done along a weight or a bias.
  private func call(
    _ index: Int, _ layer: Int, _ input: Int?, _ inputs: InputRows, moving: Int,
    _ changes: CutChanges, _ offsetCount: Int
  ) -> NetworkWork.Changes {
    let isSearched = input != nil && layer > 0 && network.activation.isOftenZero
    return NetworkWork.Changes(
      index: index, rowCount: rowCount, looked: inputs.count, isListed: inputs.rows != nil,
      searched: isSearched ? rowCount : 0, moving: moving, isMove: false,
      changed: changes.total(offsetCount), lanes: changes.total(offsetCount, inLinesOf: 16))
  }

  /// The unit's own product in every row that was looked at, and what follows where it changed.
  private func multiplyAdds(_ index: Int, looked: Int, changed: Int) -> Int {
    looked + changed * (network.cutMultiplyAdds(index: index) - 1)
  }

  /// The rows in which a weight's input is not 0.
  func inputRows(layer: Int, input: Int?, _ kernel: CutKernel) -> InputRows {
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
    changes.work =
      work.cut(index: index, offsetCount: offsets.count, rowCount: rowCount)
      + work.copy(rowCount: offsets.count * rowCount)
  }

  /// All outputs at the base point.
  private func writeAll(_ kernel: CutKernel, into changes: inout CutChanges) {
    list(0, into: changes)
    let z = kernel.keptZ(network.layerCount - 1)
    for unit in 0..<network.outputCount {
      (changes.outputs + unit * changes.stride(of: 0)).update(
        from: z + unit * stride, count: rowCount)
    }
    changes.multiplyAdds = rowCount * network.multiplyAdds
    changes.work = work.passes.pass + Double(rowCount) * work.passes.row
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
}
