internal import QHostNetworks

/// Some rows with all sums and levels of a network on them, and what changes of one unit do to the loss.
///
/// One thread at a time.
final class TuningBlock: @unchecked Sendable {
  let rowCount: Int
  /// Multiply-adds of the last call.
  private(set) var multiplyAdds = 0
  /// [changes], what the last call found: the sum of the rows' changes, and of their squares.
  private(set) var differences: [(sum: Double, squares: Double)] = []
  private let kernel: IntegerKernel
  private let losses: TuningLosses
  private let widths: [Int]
  private let stride: Int
  private let rowCounts: UnsafeMutablePointer<UInt64>
  private let rows: UnsafeMutablePointer<UInt32>
  private let outputs: UnsafeMutablePointer<Float>

  /// The most changes that are tried in one call.
  static let mostChanges = 4

  init(widths: [Int], tables: [IntegerTable], goal: TuningGoal, rowCount: Int) {
    (self.widths, self.rowCount) = (widths, rowCount)
    kernel = IntegerKernel(widths: widths, tables: tables, rowCount: rowCount)
    losses = TuningLosses(goal, rowCount: rowCount)
    stride = (rowCount + 15) & ~15
    rowCounts = .allocate(capacity: Self.mostChanges)
    rows = .allocate(capacity: Self.mostChanges * stride)
    // Sixteen lanes are read wherever one is.
    let count = Self.mostChanges * goal.outputCount * stride + 16
    outputs = .allocate(capacity: count)
    outputs.initialize(repeating: 0, count: count)
  }

  deinit {
    rowCounts.deallocate()
    rows.deallocate()
    outputs.deallocate()
  }

  private var outputCount: Int { widths[widths.count - 1] }

  /// Σ of the rows' losses.
  var sum: Double { losses.sum }

  /// Makes the block's rows `rowCount` others.
  func take(_ source: TuningRows, rows: ArraySlice<Int>) {
    losses.take(source.goal, rows: rows)
    // The kernel takes inputs of 0 to 1: the middle of a level's part.
    var inputs = [Float](repeating: 0, count: source.width * rowCount)
    for (place, row) in rows.enumerated() {
      for input in 0..<source.width {
        inputs[input * rowCount + place] =
          (Float(source.levels[row * source.width + input]) + 0.5) / 128
      }
    }
    kernel.takeInputs(inputs, bits: 7)
  }

  /// Computes everything again.
  func pass(_ point: TuningPoint) {
    for (index, layer) in point.network.layers.enumerated() {
      let weights = kernel.weights(index)
      for (unit, row) in layer.weights.enumerated() {
        for (input, weight) in row.enumerated() {
          weights[unit * row.count + input] = Int8(weight)
        }
        kernel.setUnit(layer: index, unit: unit, point.kernelUnit(index, unit))
      }
    }
    kernel.pass()
    kernel.write(scale: point.scale, outputStride: stride, outputs)
    losses.takeBase(outputs, outputStride: stride)
    multiplyAdds = rowCount * (1..<widths.count).reduce(0) { $0 + widths[$1 - 1] * widths[$1] }
  }

  /// Finds how the loss changes with another scale of the outputs.
  func rescale(_ scales: [Float]) {
    differences.removeAll(keepingCapacity: true)
    for scale in scales {
      kernel.write(scale: scale, outputStride: stride, outputs)
      differences.append((losses.sum(outputs, outputStride: stride) - losses.sum, 0))
    }
    multiplyAdds = scales.count * rowCount * outputCount
  }

  /// Finds how the loss changes with each of some changes at a place.
  func evaluate(_ place: TuningPlace, _ changes: [IntegerKernel.Change], scale: Float) {
    find(place, changes, scale)
    differences.removeAll(keepingCapacity: true)
    for index in changes.indices {
      let count = Int(rowCounts[index])
      differences.append(
        losses.change(
          outputs + index * outputCount * stride, outputStride: (count + 15) & ~15,
          rows: rows + index * stride, count: count))
    }
  }

  /// Makes a change.
  func move(_ place: TuningPlace, _ change: IntegerKernel.Change, scale: Float) {
    find(place, [change], scale)
    let count = Int(rowCounts[0])
    _ = losses.change(
      outputs, outputStride: (count + 15) & ~15, rows: rows, count: count, keep: true)
    kernel.move(layer: place.layer, unit: place.unit, input: place.input, change)
  }

  private func find(_ place: TuningPlace, _ changes: [IntegerKernel.Change], _ scale: Float) {
    let count = kernel.changes(
      layer: place.layer, unit: place.unit, input: place.input, changes: changes, scale: scale,
      into: ChangedRows(stride: stride, rowCounts: rowCounts, rows: rows, outputs: outputs))
    // Each row takes one for the unit, and a row that changes those of what comes after it.
    let after = (place.layer + 2..<widths.count).reduce(0) { total, layer in
      total + (layer == place.layer + 2 ? 1 : widths[layer - 1]) * widths[layer]
    }
    multiplyAdds = changes.count * rowCount + count * after
  }
}
