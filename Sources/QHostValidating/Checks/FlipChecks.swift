internal import QHostBridging
internal import QHostInterfaces

/// Checks of models of units with two outputs.
enum FlipChecks {
  /// Sums of some products in single precision, in another order.
  private static let tolerance: Float = 1e-4

  static let all: [Check] = [
    Check(
      "model-flips", .numeric, .component(.model),
      "Units with two outputs have the one that their sum says, and sums move as their factors say.",
      remedy: "Look at unit and factors of qhost_flips: the message names the unit and the row."
    ) { subject in
      let (model, mapping) = try Exercise(subject).model()
      let units = model.modelDescription.flipUnitCount
      guard units > 0 else { throw CheckSkip("none of its units has two outputs") }
      let trial = try ModelTrial(model, mapping, subject)
      let point = try model.initialParameters(start: 2)
      let rows = ModelTrial.rowCount
      let noise = try GuardedMemory(subject.numbers(units * rows, stream: 5).map(Float.init))
      noise.makeReadOnly()
      try trial.session.takeNoise(UnsafePointer(noise.elements.baseAddress))
      try trial.openCuts(point)
      let base = try trial.cut(0, [0])
      for unit in 0..<units {
        let (sums, low, high) = try openUnit(unit, trial)
        for row in 0..<rows where abs(sums[row]) > tolerance {
          let side = sums[row] > 0 ? high : low
          for output in stride(from: row, to: base.count, by: rows) {
            try require(
              abs(base[output] - side[output]) <= tolerance * max(1, abs(side[output])),
              "in row \(row) unit \(unit) has sum \(sums[row]), and the outputs there are not those with "
                + "the unit \(sums[row] > 0 ? "high" : "low")")
          }
        }
      }
      try checkFactors(trial, point)
      try trial.session.takeNoise(nil)
    }
  ]

  /// A move changes the sum of its unit by as much as the factors say, in every row.
  private static func checkFactors(_ trial: ModelTrial, _ point: [Double]) throws {
    let rows = ModelTrial.rowCount
    let step = 0.125
    var found = 0
    for index in stride(from: 0, to: point.count, by: max(1, point.count / 48)) {
      guard let unit = trial.model.flippingUnit(of: index) else { continue }
      found += 1
      let before = try openUnit(unit, trial).sums
      let factors = try trial.session.factors(index: index)
      var expected = before
      for place in 0..<factors.count {
        let row = factors.rows.map { Int($0[place]) } ?? place
        expected[row] += Float(step) * (factors.values?[place] ?? 1)
      }
      try trial.session.move(index: index, delta: step)
      let after = try openUnit(unit, trial).sums
      for row in 0..<rows {
        try require(
          abs(after[row] - expected[row]) <= tolerance * max(1, abs(expected[row])),
          "in row \(row) a move of parameter \(index) by \(step) takes the sum of unit \(unit) from "
            + "\(before[row]) to \(after[row]), and its factors say \(expected[row])")
      }
      try trial.session.move(index: index, delta: -step)
    }
    try require(found > 0, "no parameter that was tried is in the sum of one of them")
  }

  private static func openUnit(
    _ unit: Int, _ trial: ModelTrial
  ) throws -> (sums: [Float], low: [Float], high: [Float]) {
    let size = trial.mapping.output.count * ModelTrial.rowCount
    let sums = try GuardedMemory([Float](repeating: .nan, count: ModelTrial.rowCount))
    let outputs = try GuardedMemory([Float](repeating: .nan, count: 2 * size))
    try trial.session.openUnit(unit, sums: sums.elements, outputs: outputs.elements)
    let values = outputs.values
    return (sums.values, Array(values[..<size]), Array(values[size...]))
  }
}
