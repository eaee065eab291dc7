internal import QHostInterfaces

/// Turns the outputs of a block of rows into its loss.
struct BlockScorer: @unchecked Sendable {
  /// Where losses come from.
  enum Source {
    case loss(Loss)
    case scenario(any Dataset, Split)
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

  /// The sum over a block's rows of the loss of a candidate's outputs.
  func sum(_ block: RowBlock, candidate: Int) throws(ComponentError) -> Double {
    let outputs = block.outputs(of: candidate)
    let sum: Double
    switch source {
    case .loss(let loss):
      sum = loss.sum(
        outputs: outputs, targets: UnsafeBufferPointer(block.targets), outputCount: outputCount,
        rowCount: block.rowCount)
    case .scenario(let dataset, let split):
      sum = try scenarioSum(dataset, split, block.rows, outputs)
    }
    return sum.isNaN ? try explained(outputs) : sum
  }

  /// The sum over a block's rows; leaves scale · ∂sum/∂output in the block's output gradients.
  func gradient(_ block: RowBlock, scale: Double) throws(ComponentError) -> Double {
    guard case .loss(let loss) = source else {
      throw .unsupported("a scenario has no gradient; pick an optimizer that needs none")
    }
    let outputs = block.outputs(of: 0)
    let sum = loss.gradient(
      outputs: outputs, targets: UnsafeBufferPointer(block.targets), outputCount: outputCount,
      rowCount: block.rowCount, scale: scale, into: block.outputGradients)
    return sum.isNaN ? try explained(outputs) : sum
  }

  private func scenarioSum(
    _ dataset: any Dataset, _ split: Split, _ rows: [Int], _ outputs: UnsafeBufferPointer<Float>
  ) throws(ComponentError) -> Double {
    let values = outputs.map(Double.init)
    var losses = [Double](repeating: 0, count: rows.count)
    do throws(ComponentError) {
      try values.withUnsafeBufferPointer { (values) throws(ComponentError) in
        try losses.withUnsafeMutableBufferPointer { (losses) throws(ComponentError) in
          try dataset.score(split, rows: rows, outputs: values, pointCount: 1, losses: losses)
        }
      }
    } catch let error {
      if error.severity == .discard { return .infinity }
      throw error
    }
    return losses.reduce(0, +)
  }

  /// What a loss of NaN means: outputs that overflowed are a bad point, outputs of NaN a fault.
  private func explained(_ outputs: UnsafeBufferPointer<Float>) throws(ComponentError) -> Double {
    if outputs.contains(where: \.isInfinite), !outputs.contains(where: \.isNaN) {
      return .infinity
    }
    if case .scenario = source, !outputs.contains(where: \.isNaN) {
      throw ComponentError(
        "the dataset gave the loss NaN for finite outputs; report it to its author")
    }
    throw ComponentError(
      "\(culprit) gave NaN for finite parameters; report it to its author, or keep the "
        + "parameters smaller")
  }
}
