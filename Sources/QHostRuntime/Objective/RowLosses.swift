internal import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

/// The loss of each row of a block at the base point of cuts, kept so that a cut costs only the rows
/// that it changes.
final class RowLosses {
  /// Σ over rows; NaN or infinite where the base point has no loss.
  private(set) var sum = Double.nan
  /// Whether the losses are those at the base point.
  var isKnown = false
  private let loss: Loss
  private let outputCount: Int
  private let rowCount: Int
  private let stride: Int
  private let labels: UnsafeMutableBufferPointer<Float>
  private let base: UnsafeMutableBufferPointer<Float>
  private let changed: UnsafeMutableBufferPointer<Float>
  private let changedLabels: UnsafeMutableBufferPointer<Float>
  private var rowCounts: UnsafeMutableBufferPointer<UInt64>
  private var rows: UnsafeMutableBufferPointer<UInt32>
  private var outputs: UnsafeMutableBufferPointer<Float>
  private var capacity = 0

  /// Makes room for a block's rows; whether a loss is kept by rows says ``Loss/isKeptByRows``.
  init(loss: Loss, outputCount: Int, labels rowLabels: UnsafeBufferPointer<Float>) {
    self.loss = loss
    self.outputCount = outputCount
    rowCount = rowLabels.count
    stride = (rowLabels.count + 15) & ~15
    labels = AlignedMemory.zeros(stride)
    _ = labels.update(fromContentsOf: rowLabels)
    base = AlignedMemory.zeros(stride)
    changed = AlignedMemory.zeros(stride)
    changedLabels = AlignedMemory.zeros(stride)
    rowCounts = .allocate(capacity: 0)
    rows = .allocate(capacity: 0)
    outputs = .allocate(capacity: 0)
  }

  deinit {
    for buffer in [labels, base, changed, changedLabels, outputs] { buffer.deallocate() }
    rowCounts.deallocate()
    rows.deallocate()
  }

  /// Memory for the changes at `count` offsets.
  func changes(_ count: Int) -> CutChanges {
    if count > capacity {
      capacity = count
      rowCounts.deallocate()
      rows.deallocate()
      outputs.deallocate()
      rowCounts = .allocate(capacity: count)
      rows = .allocate(capacity: count * stride)
      // Sixteen lanes are read wherever one is.
      outputs = AlignedMemory.zeros(count * outputCount * stride + 16)
    }
    guard let rowCounts = rowCounts.baseAddress, let rows = rows.baseAddress,
      let outputs = outputs.baseAddress
    else { preconditionFailure("no memory for changes") }
    return CutChanges(stride: stride, rowCounts: rowCounts, rows: rows, outputs: outputs)
  }

  /// Takes the outputs of all rows at the base point.
  func take(_ changes: CutChanges) {
    sum = write(changes, 0, into: base.baseAddress)
    isKnown = true
  }

  /// The sum over all rows at offset `index` of a cut.
  func sum(_ changes: CutChanges, _ index: Int) -> Double {
    guard changes.rowCounts[index] > 0 else { return sum }
    if loss == .crossEntropy { return sum + crossEntropyChange(changes, index, keeps: false) }
    _ = write(changes, index, into: changed.baseAddress)
    return sum + change(changes, index)
  }

  /// Takes the outputs that a move changed.
  func move(_ changes: CutChanges) {
    let count = Int(changes.rowCounts[0])
    guard count > 0 else { return }
    if loss == .crossEntropy {
      sum += crossEntropyChange(changes, 0, keeps: true)
      return
    }
    _ = write(changes, 0, into: changed.baseAddress)
    sum += change(changes, 0)
    if count == rowCount {
      _ = base.update(fromContentsOf: changed[..<count])
    } else {
      for place in 0..<count { base[Int(changes.rows[place])] = changed[place] }
    }
  }

  /// Writes the losses of all rows from outputs [C × B].
  func write(
    _ outputs: UnsafeBufferPointer<Float>, stride: Int, into losses: UnsafeMutablePointer<Float>
  ) {
    guard let start = outputs.baseAddress, let labels = labels.baseAddress else { return }
    _ = loss.writeRows(
      outputs: start, stride: stride, labels: UnsafePointer(labels), outputCount: outputCount,
      rowCount: rowCount, into: losses)
  }

  /// The change of the sum at an offset, in one pass over the rows that change.
  private func crossEntropyChange(
    _ changes: CutChanges, _ index: Int, keeps: Bool
  ) -> Double {
    guard let labels = labels.baseAddress, let losses = base.baseAddress else { return 0 }
    let count = Int(changes.rowCounts[index])
    return LossKernel.crossEntropyChange(
      outputs: changes.outputs + index * outputCount * stride, stride: changes.stride(of: index),
      classCount: outputCount, labels: labels,
      rows: count == rowCount ? nil : changes.rows + index * stride, count: count, keeps: keeps,
      losses: losses)
  }

  private func change(_ changes: CutChanges, _ index: Int) -> Double {
    guard let before = base.baseAddress, let after = changed.baseAddress else { return 0 }
    let count = Int(changes.rowCounts[index])
    return LossKernel.change(
      from: before, rows: count == rowCount ? nil : changes.rows + index * stride, to: after,
      count: count)
  }

  /// Writes the losses of the rows of an offset, and gives their sum.
  private func write(
    _ changes: CutChanges, _ index: Int, into losses: UnsafeMutablePointer<Float>?
  ) -> Double {
    guard let losses, let all = labels.baseAddress, let some = changedLabels.baseAddress else {
      return 0
    }
    let count = Int(changes.rowCounts[index])
    if count < rowCount {
      let rows = changes.rows + index * stride
      for place in 0..<count { some[place] = all[Int(rows[place])] }
    }
    return loss.writeRows(
      outputs: changes.outputs + index * outputCount * stride, stride: changes.stride(of: index),
      labels: count < rowCount ? UnsafePointer(some) : UnsafePointer(all),
      outputCount: outputCount, rowCount: count, into: losses)
  }
}

extension Loss {
  /// Whether the loss of each row can be kept: those of classes.
  var isKeptByRows: Bool {
    switch self {
    case .crossEntropy, .errorRate, .crossEntropyAndError, .margin: true
    case .meanSquaredError, .meanAbsoluteError, .score: false
    }
  }

  /// Writes the loss of each row, and gives their sum; see ``LossKernel``.
  fileprivate func writeRows(
    outputs: UnsafePointer<Float>, stride: Int, labels: UnsafePointer<Float>, outputCount: Int,
    rowCount: Int, into losses: UnsafeMutablePointer<Float>
  ) -> Double {
    switch self {
    case .crossEntropy:
      return LossKernel.crossEntropyRows(
        outputs: outputs, labels: labels, classCount: outputCount, stride: stride,
        rowCount: rowCount, into: losses)
    case .errorRate:
      return LossKernel.errorRows(
        outputs: outputs, labels: labels, classCount: outputCount, stride: stride,
        rowCount: rowCount, into: losses)
    case .crossEntropyAndError:
      return withUnsafeTemporaryAllocation(of: Float.self, capacity: (rowCount + 15) & ~15) {
        errors in
        guard let start = errors.baseAddress else { return 0 }
        let sum =
          Loss.errorRate.writeRows(
            outputs: outputs, stride: stride, labels: labels, outputCount: outputCount,
            rowCount: rowCount, into: start)
          + Loss.crossEntropy.writeRows(
            outputs: outputs, stride: stride, labels: labels, outputCount: outputCount,
            rowCount: rowCount, into: losses)
        for row in 0..<rowCount { losses[row] += start[row] }
        return sum
      }
    case .margin:
      return LossKernel.marginRows(
        outputs: outputs, labels: labels, classCount: outputCount, stride: stride,
        rowCount: rowCount, into: losses)
    case .meanSquaredError, .meanAbsoluteError, .score:
      preconditionFailure("loss '\(rawValue)' is not kept by rows")
    }
  }
}
