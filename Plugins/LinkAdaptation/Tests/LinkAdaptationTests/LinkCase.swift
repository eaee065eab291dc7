import LinkAdaptation
import QHostInterfaces
import QHostTesting

/// Small datasets for tests.
enum LinkCase {
  static func dataset(_ changes: [String: ParameterValue] = [:]) throws -> LinkAdaptation {
    let small: [String: ParameterValue] = ["samples": .integer(7_000)]
    return try LinkAdaptation(
      request: request(
        for: LinkAdaptation.descriptor, small.merging(changes) { $1 },
        host: TestHost(seed: UInt64(changes.count))))
  }

  /// All rows of a split.
  static func read(
    _ dataset: LinkAdaptation, _ split: Split
  ) throws -> (inputs: [Float], targets: [Float]) {
    let description = dataset.datasetDescription
    let count = description.rowCount(split)
    var inputs = Array(repeating: Float.nan, count: count * 15)
    var targets = Array(repeating: Float.nan, count: count * description.targetWidth)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try targets.withUnsafeMutableBufferPointer { targets in
        try dataset.read(split, rows: Array(0..<count), inputs: inputs, targets: targets)
      }
    }
    return (inputs, targets)
  }

  /// The metrics of schemes chosen for all rows of a split.
  static func measure(
    _ dataset: LinkAdaptation, _ split: Split, schemes: [Int]
  ) throws -> [MetricValue] {
    let count = schemes.count
    var outputs = Array(repeating: 0.0, count: 28 * count)
    for (row, scheme) in schemes.enumerated() { outputs[scheme * count + row] = 1 }
    return try outputs.withUnsafeBufferPointer {
      try dataset.measure(
        MetricSample(
          split: split, parameters: nil, rows: Array(0..<count),
          keys: (0..<UInt64(count)).map { $0 },
          draw: 0, inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: $0))
    }
  }
}
