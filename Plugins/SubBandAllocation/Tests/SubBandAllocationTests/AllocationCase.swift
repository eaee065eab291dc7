import QHostInterfaces
import QHostTesting
import SubBandAllocation

/// Small datasets for tests.
enum AllocationCase {
  static let modes = ["user-cap", "qos-floor", "single-mcs", "interference"]

  /// A dataset of a mode.
  static func dataset(
    _ mode: String, users: Int = 6, subBands: Int = 6, seed: Int = 1, floor: Double = 0.25,
    objectives: Bool = false, _ changes: [String: ParameterValue] = [:]
  ) throws -> SubBand {
    let index = modes.firstIndex(of: mode) ?? 0
    let values: [String: ParameterValue] = [
      "mode": .choice(mode, index: index), "users": .integer(users),
      "sub_bands": .integer(subBands), "seed": .integer(seed), "floor": .real(floor),
      "objectives": .boolean(objectives),
    ]
    return try SubBand(
      request: request(
        for: SubBand.descriptor, values.merging(changes) { $1 }, host: TestHost(seed: 7)))
  }

  /// The rates [S × U] that the one row shows.
  static func shown(_ dataset: SubBand) throws -> [Double] {
    var inputs = Array(repeating: Float.nan, count: dataset.datasetDescription.input.count)
    var targets: [Float] = []
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try targets.withUnsafeMutableBufferPointer { targets in
        try dataset.read(.train, rows: [0], inputs: inputs, targets: targets)
      }
    }
    return inputs.map(Double.init)
  }

  /// Loss and violation of an allocation.
  static func score(
    _ dataset: SubBand, _ choices: [Int]
  ) throws -> (loss: Double, violation: Double) {
    let outputs = choices.map(Double.init)
    var (losses, violations) = ([Double.nan], [0.0])
    let hasViolations = dataset.datasetDescription.hasViolations
    try outputs.withUnsafeBufferPointer { outputs in
      try losses.withUnsafeMutableBufferPointer { losses in
        try violations.withUnsafeMutableBufferPointer { violations in
          var scoring = Scoring(.train, rows: [0], outputs: outputs, pointCount: 1)
          scoring.losses = losses
          if hasViolations { scoring.violations = violations }
          try dataset.score(scoring)
        }
      }
    }
    return (losses[0], violations[0])
  }

  /// The metrics of an allocation, by name.
  static func metrics(_ dataset: SubBand, _ choices: [Int]) throws -> [String: Double] {
    let values = try choices.map(Double.init).withUnsafeBufferPointer {
      try dataset.measure(
        MetricSample(
          split: .train, parameters: nil, rows: [0], keys: [0], draw: 0,
          inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: $0))
    }
    return Dictionary(
      uniqueKeysWithValues: zip(dataset.metricDescriptions.map(\.name), values.map(\.value)))
  }

  /// All allocations of a few outputs to a few categories.
  static func forEach(_ categories: Int, _ outputs: Int, _ body: ([Int]) throws -> Void) rethrows {
    var choices = Array(repeating: 0, count: outputs)
    while true {
      try body(choices)
      guard let place = choices.firstIndex(where: { $0 < categories - 1 }) else { return }
      choices[place] += 1
      for before in 0..<place { choices[before] = 0 }
    }
  }
}
