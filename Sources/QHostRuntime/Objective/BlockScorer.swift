internal import QHostInterfaces

/// Turns the outputs of a block of rows into its loss.
struct BlockScorer: @unchecked Sendable {
  /// Where losses come from.
  enum Source {
    case loss(Loss)
    case scenario(ScenarioScorer)
  }

  let source: Source
  let outputCount: Int
  /// Who made the outputs, for messages.
  let culprit: String

  /// C, when classes must be written as C rows of 0 and 1, else 0.
  func denseClasses(of table: SampleTable) -> Int {
    guard case .loss(let loss) = source, loss.needsDenseTargets,
      table.targetWidth != outputCount
    else { return 0 }
    return outputCount
  }

  /// How many numbers a row's target takes.
  func targetRows(of table: SampleTable) -> Int {
    max(table.targetWidth, denseClasses(of: table))
  }

  /// What it says of a point.
  var shape: ScoreShape {
    guard case .scenario(let scorer) = source else { return .losses }
    return scorer.shape
  }

  /// The sum over a block's rows of the loss of a candidate's outputs; of losses of samples.
  func sum(_ block: RowBlock, candidate: Int) throws(ComponentError) -> Double {
    var sum = 0.0
    try withUnsafeMutablePointer(to: &sum) { (sum) throws(ComponentError) in
      try self.sum(
        block, candidate: candidate, draws: .common,
        into: ScoreBuffer(UnsafeMutableBufferPointer(start: sum, count: 1)))
    }
    return sum
  }

  /// Writes the sums over a block's rows of the scores of a candidate's outputs.
  ///
  /// - Parameters:
  ///   - block: has the outputs.
  ///   - candidate: which of them.
  ///   - draws: begins with that of the candidate.
  ///   - scores: of one point.
  /// - Throws: what the scenario throws, and for outputs that are not numbers.
  func sum(
    _ block: RowBlock, candidate: Int, draws: Draws, into scores: ScoreBuffer
  ) throws(ComponentError) {
    let outputs = block.outputs(of: candidate)
    switch source {
    case .loss(let loss):
      let sum = loss.sum(
        outputs: outputs, targets: UnsafeBufferPointer(block.targets), outputCount: outputCount,
        rowCount: block.rowCount)
      scores.losses[0] = sum.isNaN ? try explained(outputs) : sum
    case .scenario(let scorer):
      let values = UnsafeMutableBufferPointer<Double>.allocate(
        capacity: outputs.count + scorer.shape.width * block.rowCount)
      defer { values.deallocate() }
      for place in outputs.indices { values[place] = Double(outputs[place]) }
      let numbers = UnsafeMutableBufferPointer(rebasing: values[..<outputs.count])
      scorer.round(numbers, rowCount: block.rowCount)
      try scorer.sum(
        rows: block.rows, outputs: UnsafeBufferPointer(numbers), draws: draws,
        memory: UnsafeMutableBufferPointer(rebasing: values[outputs.count...]), into: scores)
      if !(scores.losses[0] > -.infinity) || scores.objectives.contains(where: \.isNaN) {
        _ = try explained(outputs)
        scorer.discard(scores)
      }
    }
  }

  /// Marks points as ones that cannot be scored.
  func discard(_ scores: ScoreBuffer) {
    if case .scenario(let scorer) = source {
      scorer.discard(scores)
    } else {
      scores.losses.update(repeating: .infinity)
    }
  }

  /// The sum over a block's rows; leaves scale · ∂sum/∂output in the block's output gradients.
  func gradient(_ block: RowBlock, scale: Double) throws(ComponentError) -> Double {
    let outputs = block.outputs(of: 0)
    let loss: Loss
    switch source {
    case .loss(let own): loss = own
    case .scenario(let scorer): return try gradient(block, outputs, scorer, scale: scale)
    }
    let sum = loss.gradient(
      outputs: outputs, targets: UnsafeBufferPointer(block.targets), outputCount: outputCount,
      rowCount: block.rowCount, scale: scale, into: block.outputGradients)
    return sum.isNaN ? try explained(outputs) : sum
  }

  /// The same of a scenario that knows the gradient of its loss by the outputs of a row.
  private func gradient(
    _ block: RowBlock, _ outputs: UnsafeBufferPointer<Float>, _ scorer: ScenarioScorer,
    scale: Double
  ) throws(ComponentError) -> Double {
    let rowCount = block.rowCount
    var values = [Double](repeating: 0, count: outputCount)
    var parts = values
    var sum = 0.0
    for (place, row) in block.rows.enumerated() {
      for unit in values.indices { values[unit] = Double(outputs[unit * rowCount + place]) }
      guard values.allSatisfy(\.isFinite) else { return try explained(outputs) }
      sum += try values.withUnsafeBufferPointer { (values) throws(ComponentError) in
        try parts.withUnsafeMutableBufferPointer { (parts) throws(ComponentError) in
          try scorer.gradient(row: row, outputs: values, into: parts)
        }
      }
      for unit in parts.indices {
        block.outputGradients[unit * rowCount + place] = Float(scale * parts[unit])
      }
    }
    return sum
  }

  /// What a loss of NaN means: outputs that overflowed are a bad point, outputs of NaN a fault.
  private func explained(_ outputs: UnsafeBufferPointer<Float>) throws(ComponentError) -> Double {
    if outputs.contains(where: \.isInfinite), !outputs.contains(where: \.isNaN) {
      return .infinity
    }
    if case .scenario = source, !outputs.contains(where: \.isNaN) {
      throw ComponentError(
        "the dataset gave a loss of NaN or minus infinity, or an objective of NaN, for finite outputs; "
          + "report it to its author")
    }
    throw ComponentError(
      "\(culprit) gave NaN for finite parameters; report it to its author, or keep the "
        + "parameters smaller")
  }
}
