internal import QHostBridging
internal import QHostInterfaces

/// Checks of models that sum losses along the weights of one unit.
enum PotentialChecks {
  /// Outputs of single precision, and sums of some products in another order.
  private static let tolerance = 2e-4

  static let all: [Check] = [
    Check(
      "model-potentials", .numeric, .component(.model),
      "What rows lose with a unit held at places, summed along its weights, is what they lose at these weights.",
      remedy:
        "Look at unit_prepare, hold, unit_open, unit_cut and unit_move of qhost_potentials: the message names the unit and the row."
    ) { subject in
      let (model, mapping) = try Exercise(subject).model()
      let units = model.modelDescription.potentialUnitCount
      guard units > 0 else { throw CheckSkip("it sums no losses along weights") }
      let trial = try ModelTrial(model, mapping, subject)
      let point = try model.initialParameters(start: 2)
      var found = 0
      for unit in stride(from: 0, to: units, by: max(1, units / 12)) {
        let all = point.indices.filter { model.potentialUnit(of: $0) == unit }
        // Far apart, so that the first and the last input and a bias are among them.
        let indices = stride(from: 0, to: all.count, by: max(1, (all.count - 1) / 4)).map {
          all[$0]
        }
        guard !indices.isEmpty else { continue }
        found += 1
        for row in 0..<ModelTrial.rowCount {
          try check(unit, row, along: indices, trial, point)
        }
      }
      try require(found > 0, "no parameter is in the sum of one of its \(units) units")
    }
  ]

  /// One row loses its first output: along weights that is what a cut says.
  private static func check(
    _ unit: Int, _ row: Int, along indices: [Int], _ trial: ModelTrial, _ point: [Double]
  ) throws {
    let offsets = [-0.25, 0, 0.125]
    let step = 0.125
    try trial.openCuts(point)
    let plain = try indices.map { index in try outputs(index, offsets, row, trial) }
    if !trial.model.modelDescription.hasBinaryPotentials {
      try trial.session.preparePotential(unit: unit, offset: 0.25)
    }
    let coefficients = try polynomial(unit, row, trial)
    let sum = try open(unit, coefficients, row, trial)
    try require(
      agrees(sum, plain[0][1]),
      "in row \(row) the output is \(plain[0][1]), and with unit \(unit) open the row's polynomial has \(sum)"
    )
    for (index, expected) in zip(indices, plain) {
      let changes = try cut(index, offsets, trial)
      for (place, offset) in offsets.enumerated() {
        try require(
          agrees(sum + changes[place], expected[place]),
          "in row \(row) the output at parameter \(index) plus \(offset) is \(expected[place]), and with unit "
            + "\(unit) open it is \(sum + changes[place])")
      }
      let there = try move(index, by: step, unit, trial)
      let back = try move(index, by: -step, unit, trial)
      try require(
        agrees(sum + there + back, sum),
        "in row \(row) a move of parameter \(index) by \(step) and back, with unit \(unit) open, changes the sum "
          + "by \(there + back)")
    }
    let moved = try move(indices[0], by: step, unit, trial)
    _ = try trial.session.closePotential()
    let after = try outputs(indices[0], [0], row, trial)[0]
    try require(
      agrees(sum + moved, after),
      "in row \(row) the output is \(after) after unit \(unit) was closed, and was \(sum + moved) before"
    )
  }

  private static func agrees(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= tolerance * max(1, abs(other))
  }

  /// The row's first output at offsets of a parameter.
  private static func outputs(
    _ index: Int, _ offsets: [Double], _ row: Int, _ trial: ModelTrial
  ) throws -> [Double] {
    let size = trial.mapping.output.count * ModelTrial.rowCount
    let all = try trial.cut(index, offsets)
    return offsets.indices.map { Double(all[$0 * size + row]) }
  }

  /// Coefficients of the polynomial in the unit's place that meets the row's first output at the places of Chebyshev.
  private static func polynomial(
    _ unit: Int, _ row: Int, _ trial: ModelTrial
  ) throws -> [Double] {
    let isBinary = trial.model.modelDescription.hasBinaryPotentials
    let count = isBinary ? 2 : UnitPotential.coefficientLimit
    let places = (0..<count).map { -1 + 2 * Double($0) / Double(count - 1) }
    // Places that are evenly far apart in the angle keep the polynomial near the function between them.
    let spread = places.map { 1.5 * $0 - 0.5 * $0 * $0 * $0 }
    let size = trial.mapping.output.count * ModelTrial.rowCount
    let held = try GuardedMemory([Float](repeating: .nan, count: count * size))
    try spread.withUnsafeBufferPointer {
      try trial.session.hold(unit: unit, at: $0, outputs: held.elements)
    }
    return newton(spread, (0..<count).map { Double(held.values[$0 * size + row]) })
  }

  /// The coefficients of t^p, from Newton's divided differences.
  private static func newton(_ places: [Double], _ values: [Double]) -> [Double] {
    var differences = values
    for order in 1..<places.count {
      for k in stride(from: places.count - 1, through: order, by: -1) {
        differences[k] =
          (differences[k] - differences[k - 1]) / (places[k] - places[k - order])
      }
    }
    var result = [Double](repeating: 0, count: places.count)
    for k in places.indices.reversed() {
      for power in stride(from: places.count - 1, through: 1, by: -1) {
        result[power] = result[power - 1] - places[k] * result[power]
      }
      result[0] = differences[k] - places[k] * result[0]
    }
    return result
  }

  private static func open(
    _ unit: Int, _ polynomial: [Double], _ row: Int, _ trial: ModelTrial
  ) throws -> Double {
    var coefficients = [Float](repeating: 0, count: polynomial.count * ModelTrial.rowCount)
    for (power, value) in polynomial.enumerated() {
      coefficients[power * ModelTrial.rowCount + row] = Float(value)
    }
    let memory = try GuardedMemory(coefficients)
    memory.makeReadOnly()
    return try trial.session.openPotential(
      UnitPotential(
        unit: unit, coefficients: UnsafeBufferPointer(memory.elements),
        coefficientCount: polynomial.count, noiseWidth: 0))
  }

  private static func cut(
    _ index: Int, _ offsets: [Double], _ trial: ModelTrial
  ) throws -> [Double] {
    let changes = try GuardedMemory([Double](repeating: .nan, count: offsets.count))
    try offsets.withUnsafeBufferPointer { offsets in
      guard let start = changes.elements.baseAddress else { return }
      let outside = try trial.session.cutPotential(index: index, offsets: offsets, into: start)
        .outside
      try require(
        outside == 0,
        "a cut along parameter \(index) by the offsets that its unit was prepared for leaves its places "
          + "\(outside) times")
    }
    return changes.values
  }

  private static func move(
    _ index: Int, by delta: Double, _ unit: Int, _ trial: ModelTrial
  ) throws -> Double {
    let moved = try trial.session.movePotential(index: index, delta: delta)
    try require(
      moved.took.outside == 0,
      "a move of parameter \(index) by \(delta), less than unit \(unit) was prepared for, leaves its places in "
        + "\(moved.took.outside) rows")
    return moved.change
  }
}
