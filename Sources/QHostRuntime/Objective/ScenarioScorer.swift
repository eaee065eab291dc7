internal import QHostInterfaces
internal import QHostMemory

/// Asks a scenario for the scores of outputs.
struct ScenarioScorer: @unchecked Sendable {
  let dataset: any Dataset
  let split: Split
  let shape: ScoreShape
  private let culprit: String
  private let isPlain: Bool
  private let isStochastic: Bool
  private let objectives: [ObjectiveDescription]
  private let outputCount: Int
  /// How outputs are brought to what is allowed, where they are not all real.
  private let kinds: [ParameterKind]

  init(_ dataset: any Dataset, _ split: Split, culprit: String) {
    self.dataset = dataset
    self.split = split
    self.culprit = culprit
    let description = dataset.datasetDescription
    shape = ScoreShape(dataset, .score)
    isStochastic = description.isStochastic
    objectives = description.objectives
    isPlain = shape == .losses && !isStochastic
    outputCount = description.output.count
    kinds = description.outputKinds.contains { $0 != .real } ? description.outputKinds : []
  }

  /// Writes the scores of points [P × C] that are the outputs of one row.
  func score(
    row: [Int], points: UnsafeBufferPointer<Double>, draws: Draws, into scores: ScoreBuffer
  ) throws(ComponentError) {
    try ask(row, points, scores.count, draws, into: scores)
  }

  /// Writes the sums over rows of the scores of outputs [C × B] of one candidate.
  ///
  /// - Parameters:
  ///   - rows: [B].
  ///   - outputs: [C × B].
  ///   - draws: begins with that of the candidate.
  ///   - memory: room for the scores of B rows.
  ///   - scores: of one point.
  /// - Throws: what the scenario throws, and for a violation that is none.
  func sum(
    rows: [Int], outputs: UnsafeBufferPointer<Double>, draws: Draws,
    memory: UnsafeMutableBufferPointer<Double>, into scores: ScoreBuffer
  ) throws(ComponentError) {
    let parts = ScoreBuffer(memory, count: rows.count, shape)
    try ask(rows, outputs, 1, draws, into: parts)
    for value in parts.violations where !(value >= 0) { throw wrong("the violation \(value)") }
    scores.losses[0] = parts.losses.reduce(0, +)
    if shape.hasViolations { scores.violations[0] = parts.violations.reduce(0, +) }
    // Of one point, [M × B].
    for objective in 0..<shape.objectiveCount {
      let values = parts.objectives[objective * rows.count..<(objective + 1) * rows.count]
      scores.objectives[objective] = values.reduce(0, +)
    }
  }

  /// The loss of outputs [C] of one row, and its gradient [C].
  ///
  /// - Throws: what the scenario throws.
  func gradient(
    row: Int, outputs: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    let loss = try dataset.gradient(split, row: row, outputs: outputs, gradient: gradient)
    if !(loss > -.infinity) { throw wrong("the loss \(loss)") }
    return loss
  }

  /// Rounds outputs [C × B] to the nearest that are allowed; nothing where all are real.
  func round(_ outputs: UnsafeMutableBufferPointer<Double>, rowCount: Int) {
    guard !kinds.isEmpty else { return }
    let description = dataset.datasetDescription
    for output in kinds.indices where kinds[output] != .real {
      let (lower, upper) = (description.outputLower[output], description.outputUpper[output])
      for place in output * rowCount..<(output + 1) * rowCount {
        outputs[place] = min(max(outputs[place], lower), upper).rounded()
      }
    }
  }

  /// Checks scores of finite outputs.
  func check(_ scores: ScoreBuffer) throws(ComponentError) {
    // Nothing is better than minus infinity: it would win whatever else is found.
    for value in scores.losses where !(value > -.infinity) {
      throw wrong("the loss \(value.isNaN ? "NaN" : "minus infinity")")
    }
    for value in scores.violations where !(value >= 0) { throw wrong("the violation \(value)") }
    for place in scores.objectives.indices {
      let value = scores.objectives[place]
      if value.isNaN { throw wrong("an objective of NaN") }
      // Of one point after the other, [P x M].
      let best: Double = objectives[place % objectives.count].isMaximised ? .infinity : -.infinity
      if value == best { throw wrong("an objective of \(value), which nothing can equal,") }
    }
  }

  private func ask(
    _ rows: [Int], _ outputs: UnsafeBufferPointer<Double>, _ count: Int, _ draws: Draws,
    into scores: ScoreBuffer
  ) throws(ComponentError) {
    do throws(ComponentError) {
      guard !isPlain else {
        return try dataset.score(
          split, rows: rows, outputs: outputs, pointCount: count, losses: scores.losses)
      }
      try askAll(rows, outputs, count, draws, into: scores)
    } catch let error {
      guard error.severity == .discard else { throw error }
      guard count > 1 else { return discard(scores, rowCount: rows.count) }
      // Asked one by one, those that are feasible have their scores.
      let c = outputs.count / count
      for place in 0..<count {
        try ask(
          rows, UnsafeBufferPointer(rebasing: outputs[place * c..<(place + 1) * c]), 1,
          draws.dropping(place), into: scores[place..<place + 1])
      }
    }
  }

  private func askAll(
    _ rows: [Int], _ outputs: UnsafeBufferPointer<Double>, _ count: Int, _ draws: Draws,
    into scores: ScoreBuffer
  ) throws(ComponentError) {
    var scoring = Scoring(split, rows: rows, outputs: outputs, pointCount: count)
    if shape.objectiveCount == 0 {
      scoring.losses = scores.losses
    } else {
      scores.losses.update(repeating: 0)
    }
    scoring.violations = scores.violations
    scoring.objectives = scores.objectives
    guard isStochastic else { return try dataset.score(scoring) }
    let numbers = (0..<count).map { draws[$0] }
    try numbers.withUnsafeBufferPointer { (numbers) throws(ComponentError) in
      scoring.draws = numbers
      try dataset.score(scoring)
    }
  }

  /// Points that cannot be scored are worse than all that can.
  ///
  /// - Parameters:
  ///   - scores: [P × B] and, of objectives, [P × M × B].
  ///   - rowCount: B.
  func discard(_ scores: ScoreBuffer, rowCount: Int = 1) {
    scores.losses.update(repeating: .infinity)
    scores.violations.update(repeating: .infinity)
    let objectives = dataset.datasetDescription.objectives
    for place in scores.objectives.indices {
      let isMaximised = objectives[place / rowCount % objectives.count].isMaximised
      scores.objectives[place] = isMaximised ? -.infinity : .infinity
    }
  }

  private func wrong(_ what: String) -> ComponentError {
    ComponentError("\(culprit) gave \(what) for finite outputs; report it to its author")
  }
}
