internal import QHostNetworks

/// The loss of each row of a block, kept so that a change costs only the rows that it changes.
final class TuningLosses {
  /// Σ over rows.
  private(set) var sum = 0.0
  private let isClasses: Bool
  private let outputCount: Int
  private let rowCount: Int
  private let stride: Int
  /// [stride]; empty for numbers.
  private let labels: UnsafeMutablePointer<Float>
  /// [C × stride]; nil: none.
  private var values: UnsafeMutablePointer<Float>?
  private let base: UnsafeMutablePointer<Float>
  private let changed: UnsafeMutablePointer<Float>
  private let changedLabels: UnsafeMutablePointer<Float>

  /// Makes room for the rows of a block.
  init(_ goal: TuningGoal, rowCount: Int) {
    (isClasses, outputCount, self.rowCount) = (goal.isClasses, goal.outputCount, rowCount)
    stride = (rowCount + 15) & ~15
    labels = Self.zeros(stride)
    values = goal.values.isEmpty ? nil : Self.zeros(outputCount * stride)
    base = Self.zeros(stride)
    changed = Self.zeros(stride)
    changedLabels = Self.zeros(stride)
  }

  deinit {
    for memory in [labels, base, changed, changedLabels] { memory.deallocate() }
    values?.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  /// Makes the block's rows these of the goal's.
  func take(_ goal: TuningGoal, rows: ArraySlice<Int>) {
    for (place, row) in rows.enumerated() {
      if isClasses { labels[place] = goal.labels[row] }
      guard let values else { continue }
      for unit in 0..<outputCount {
        values[unit * stride + place] = goal.values[row * outputCount + unit]
      }
    }
  }

  /// Takes the outputs [C × B] of all rows, `outputStride` from unit to unit, as those to change from.
  func takeBase(_ outputs: UnsafePointer<Float>, outputStride: Int) {
    write(outputs, outputStride, nil, rowCount, base)
    sum = total(base, rowCount)
  }

  /// What the sum would be with the outputs [C × B] of all rows.
  func sum(_ outputs: UnsafePointer<Float>, outputStride: Int) -> Double {
    write(outputs, outputStride, nil, rowCount, changed)
    return total(changed, rowCount)
  }

  /// How the sum changes where some rows' outputs become others, and the rows' own changes, squared.
  ///
  /// - Parameters:
  ///   - outputs: [C × count], `outputStride` from unit to unit.
  ///   - outputStride: at least `count`.
  ///   - rows: [count], ascending.
  ///   - count: how many rows.
  ///   - keep: whether the outputs are changed from then on.
  /// - Returns: the changes of both sums.
  func change(
    _ outputs: UnsafePointer<Float>, outputStride: Int, rows: UnsafePointer<UInt32>, count: Int,
    keep: Bool = false
  ) -> (sum: Double, squares: Double) {
    guard count > 0 else { return (0, 0) }
    let some = count == rowCount ? nil : rows
    write(outputs, outputStride, some, count, changed)
    let change = LossKernel.change(from: base, rows: some, to: changed, count: count)
    var squares: Float = 0
    for place in 0..<count {
      let part = changed[place] - base[Int(rows[place])]
      squares += part * part
    }
    if keep {
      for place in 0..<count { base[Int(rows[place])] = changed[place] }
      sum += change
    }
    return (change, Double(squares))
  }

  private func total(_ losses: UnsafePointer<Float>, _ count: Int) -> Double {
    var total = 0.0
    for row in 0..<count { total += Double(losses[row]) }
    return total
  }

  private func write(
    _ outputs: UnsafePointer<Float>, _ outputStride: Int, _ rows: UnsafePointer<UInt32>?,
    _ count: Int, _ losses: UnsafeMutablePointer<Float>
  ) {
    guard isClasses else { return writeSquares(outputs, outputStride, rows, count, losses) }
    if let rows {
      for place in 0..<count { changedLabels[place] = labels[Int(rows[place])] }
    }
    _ = LossKernel.crossEntropyRows(
      outputs: outputs, labels: rows == nil ? labels : changedLabels, classCount: outputCount,
      stride: outputStride, rowCount: count, into: losses)
    guard let values else { return }
    for unit in 0..<outputCount {
      let (here, mix) = (outputs + unit * outputStride, values + unit * stride)
      if let rows {
        for place in 0..<count { losses[place] += mix[Int(rows[place])] * here[place] }
      } else {
        for place in 0..<count { losses[place] += mix[place] * here[place] }
      }
    }
  }

  private func writeSquares(
    _ outputs: UnsafePointer<Float>, _ outputStride: Int, _ rows: UnsafePointer<UInt32>?,
    _ count: Int, _ losses: UnsafeMutablePointer<Float>
  ) {
    losses.update(repeating: 0, count: count)
    guard let values else { return }
    let part = 1 / Float(outputCount)
    for unit in 0..<outputCount {
      let (here, goal) = (outputs + unit * outputStride, values + unit * stride)
      for place in 0..<count {
        let difference = here[place] - goal[rows.map { Int($0[place]) } ?? place]
        losses[place] += part * difference * difference
      }
    }
  }
}
