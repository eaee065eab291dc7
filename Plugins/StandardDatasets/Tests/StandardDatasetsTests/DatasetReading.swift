import QHostInterfaces

/// Everything that a split of a dataset holds.
struct Samples {
  var inputs: [[Float]] = []
  var targets: [Float] = []
}

extension Dataset {
  /// Reads all rows of a split at once.
  func samples(_ split: Split) throws -> Samples {
    let rowCount = datasetDescription.rowCount(split)
    return try samples(split, rows: Array(0..<rowCount))
  }

  /// Reads some rows of a split.
  func samples(_ split: Split, rows: [Int]) throws -> Samples {
    let width = datasetDescription.input.count
    var inputs = Array(repeating: Float.nan, count: rows.count * width)
    var targets = Array(repeating: Float.nan, count: rows.count)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try targets.withUnsafeMutableBufferPointer { targets in
        try read(split, rows: rows, inputs: inputs, targets: targets)
      }
    }
    return Samples(
      inputs: rows.indices.map { Array(inputs[$0 * width..<($0 + 1) * width]) }, targets: targets)
  }

  /// The losses [P × B] of points [P × C × B].
  func losses(_ points: [Double], pointCount: Int = 1, rows: [Int] = [0]) throws -> [Double] {
    var losses = Array(repeating: Double.nan, count: pointCount * rows.count)
    try points.withUnsafeBufferPointer { points in
      try losses.withUnsafeMutableBufferPointer { losses in
        try score(.train, rows: rows, outputs: points, pointCount: pointCount, losses: losses)
      }
    }
    return losses
  }
}

extension ScenarioCuts {
  /// The losses [K] at offsets along one output.
  func losses(output: Int, offsets: [Double]) throws -> [Double] {
    var losses = Array(repeating: Double.nan, count: offsets.count)
    try offsets.withUnsafeBufferPointer { offsets in
      try losses.withUnsafeMutableBufferPointer { losses in
        try cut(output: output, offsets: offsets, losses: losses)
      }
    }
    return losses
  }
}

/// The error that a body throws; `nil` when it throws none.
func failure(_ body: () throws -> Void) -> ComponentError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ComponentError
  }
}
