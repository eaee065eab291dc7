internal import QHostInterfaces
internal import QHostNetworks

extension SampleEvaluator {
  /// The part of its rows whose class is that of the last point's outputs.
  func accuracy(_ table: SampleTable, classCount: Int) -> Double {
    var errors = 0
    for block in blocks {
      let labels = block.rows.map { table.targets[$0] }
      labels.withUnsafeBufferPointer { labels in
        errors += LossKernel.errorCount(
          outputs: block.outputs(of: 0), labels: labels, classCount: classCount,
          rowCount: block.rowCount)
      }
    }
    return 1 - Double(errors) / Double(rowCount)
  }

  /// How far outputs are from targets, in the unit of the targets as the dataset has them.
  ///
  /// - Parameters:
  ///   - table: what the rows are rows of.
  ///   - preprocessing: what was done to its targets; `nil`: nothing.
  /// - Returns: the root of the mean square of the differences, the mean of their size, and the part of the
  ///   targets' variance, each output's about its own mean on these rows, that is explained.
  func errors(
    _ table: SampleTable, _ preprocessing: Preprocessing?
  ) -> (rmse: Double, mae: Double, r2: Double) {
    let width = table.targetWidth
    let rows = blocks.flatMap(\.rows)
    let units = (0..<width).map { preprocessing?.targetUnit(ofOutput: $0) ?? 1 }
    var total = 0.0
    for unit in 0..<width {
      let column = rows.map { Double(table.targets[$0 * width + unit]) * units[unit] }
      let mean = column.reduce(0, +) / Double(rows.count)
      total += column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    var (squares, sizes) = (0.0, 0.0)
    for block in blocks {
      let outputs = block.outputs(of: 0)
      for (place, row) in block.rows.enumerated() {
        for unit in 0..<width {
          let difference =
            (Double(outputs[unit * block.rowCount + place])
              - Double(table.targets[row * width + unit])) * units[unit]
          squares += difference * difference
          sizes += abs(difference)
        }
      }
    }
    let count = Double(rows.count * width)
    return ((squares / count).squareRoot(), sizes / count, total > 0 ? 1 - squares / total : 0)
  }
}
