internal import QHostInterfaces
internal import QHostNetworks

extension IntegerSession {
  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into found: inout CutChanges
  ) throws(ComponentError) {
    let kernel = try openedKernel()
    let place = network.place(of: index)
    guard let owner = place.owner else {
      let before = point.parameters[index]
      for (k, offset) in offsets.enumerated() {
        writeAll(kernel, scale: point.scale(at: before + offset), k, found)
      }
      found.multiplyAdds = offsets.count * kernel.rowCount * network.outputCount
      found.work = work.changes(
        index: index, offsets: offsets.count, rowCount: kernel.rowCount, changed: 0, lanes: 0,
        isMove: false)
      return
    }
    plan(index, place, owner, offsets)
    find(index, place, owner, kernel, isMove: false, &found)
  }

  func moveChanges(
    index: Int, delta: Double, into found: inout CutChanges
  ) throws(ComponentError) {
    let kernel = try openedKernel()
    let place = network.place(of: index)
    if let owner = place.owner {
      withUnsafePointer(to: delta) {
        plan(index, place, owner, UnsafeBufferPointer(start: $0, count: 1))
      }
      find(index, place, owner, kernel, isMove: true, &found)
      try move(index: index, delta: delta)
    } else {
      try move(index: index, delta: delta)
      writeAll(kernel, scale: point.scale, 0, found)
      found.multiplyAdds = kernel.rowCount * network.outputCount
      found.work = work.changes(
        index: index, offsets: 1, rowCount: kernel.rowCount, changed: 0, lanes: 0, isMove: true)
    }
  }

  /// The rows where ``changes`` change the unit, and their outputs.
  ///
  /// Every row is looked at, and what follows the unit is computed where its level changes.
  private func find(
    _ index: Int, _ place: IntegerNetwork.Place, _ owner: (layer: Int, unit: Int),
    _ kernel: IntegerKernel, isMove: Bool, _ found: inout CutChanges
  ) {
    let count = kernel.changes(
      layer: owner.layer, unit: owner.unit, input: place.input, changes: changes,
      scale: point.scale,
      into: ChangedRows(
        stride: found.stride, rowCounts: found.rowCounts, rows: found.rows, outputs: found.outputs))
    found.multiplyAdds =
      changes.count * kernel.rowCount + count * (network.cutMultiplyAdds(index: index) - 1)
    found.work = work.changes(
      index: index, offsets: changes.count, rowCount: kernel.rowCount, changed: count,
      lanes: found.total(changes.count, inLinesOf: 64), isMove: isMove)
  }

  /// The outputs of all rows, times `scale`, as those of an offset.
  private func writeAll(
    _ kernel: IntegerKernel, scale: Float, _ offset: Int, _ found: CutChanges
  ) {
    found.rowCounts[offset] = UInt64(kernel.rowCount)
    for row in 0..<kernel.rowCount { found.rows[offset * found.stride + row] = UInt32(row) }
    kernel.write(
      scale: scale, outputStride: found.stride(of: offset),
      found.outputs + offset * network.outputCount * found.stride)
  }
}
