import AntennaTilt
import QHostInterfaces
import QHostTesting

/// Small datasets and drops for tests.
enum TiltCase {
  /// A dataset of 1,400 rows, sweeps of 10 tilts.
  static func dataset(_ changes: [String: ParameterValue] = [:]) throws -> AntennaTilt {
    let small: [String: ParameterValue] = [
      "samples": .integer(1_400), "sweep": .integer(10), "users": .integer(64),
    ]
    return try AntennaTilt(
      request: request(
        for: AntennaTilt.descriptor, small.merging(changes) { $1 },
        host: TestHost(seed: UInt64(changes.count))))
  }

  /// Drops [count × 15], spread over the ranges by a generator that is not part of the program.
  static func drops(_ count: Int) -> [[Double]] {
    (0..<count).map { drop in
      TiltInput.allCases.map { input in
        let range = input.range
        let part = Double(
          (drop * 7_919 + input.rawValue * 104_729 + drop * input.rawValue * 31) % 1_009)
        return range.lowerBound + part / 1_009 * (range.upperBound - range.lowerBound)
      }
    }
  }

  /// Utilities of drops by the kernel.
  static func utilities(_ drops: [[Double]], _ users: UserPlaces) -> [Double] {
    let inputs = drops.flatMap { $0.map(Float.init) }
    var utilities = Array(repeating: Double.nan, count: drops.count)
    inputs.withUnsafeBufferPointer { inputs in
      utilities.withUnsafeMutableBufferPointer {
        TiltSimulator(users).utilities(inputs, into: $0)
      }
    }
    return utilities
  }

  /// All rows of a split.
  static func read(
    _ dataset: AntennaTilt, _ split: Split
  ) throws -> (inputs: [Float], labels: [Float]) {
    let count = dataset.datasetDescription.rowCount(split)
    var inputs = Array(repeating: Float.nan, count: count * 15)
    var labels = Array(repeating: Float.nan, count: count)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try labels.withUnsafeMutableBufferPointer { labels in
        try dataset.read(split, rows: Array(0..<count), inputs: inputs, targets: labels)
      }
    }
    return (inputs, labels)
  }

  /// The metrics of outputs for rows of a split.
  static func measure(
    _ dataset: AntennaTilt, _ split: Split, rows: [Int], outputs: [Double]
  ) throws -> [MetricValue] {
    try outputs.withUnsafeBufferPointer {
      try dataset.measure(
        MetricSample(
          split: split, parameters: nil, rows: rows, keys: rows.map { UInt64($0) }, draw: 0,
          inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: $0))
    }
  }
}
