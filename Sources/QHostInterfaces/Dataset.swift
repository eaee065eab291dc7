/// Samples, or a scenario that scores outputs itself.
///
/// F = numbers in one input, T = numbers in one target, C = numbers in one output, B = rows,
/// P = candidates.
public protocol Dataset: AnyObject {
  /// What it holds.
  var datasetDescription: DatasetDescription { get }

  /// Writes the inputs and targets of some rows of a split. One thread at a time.
  ///
  /// - Parameters:
  ///   - split: whose rows are read.
  ///   - rows: [B], each below the split's row count, in any order.
  ///   - inputs: [B × F], row-major, overwritten; in the dataset's own units.
  ///   - targets: [B × T], row-major, overwritten; a label is a class number from 0.
  /// - Throws: when the data cannot be read.
  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// Writes the inputs of variants of training rows, such as shifted images. From any thread.
  ///
  /// Variant 0 is the row itself; targets stay those of the row.
  ///
  /// - Parameters:
  ///   - variants: [B], each below ``DatasetDescription/variantCount``.
  ///   - rows: [B], of the training split.
  ///   - inputs: [B × F], row-major, overwritten.
  /// - Throws: severity `unsupported` where rows have no variants.
  func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// The lengths of series; see ``DatasetDescription/isSeries``.
  ///
  /// - Parameters:
  ///   - split: whose rows are meant.
  ///   - rows: [B].
  /// - Returns: [B], in steps, each from 1 to the input's first extent.
  /// - Throws: when the data cannot be read.
  func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int]

  /// Scores the outputs of candidates as a scenario whose only result is a loss. From any thread.
  ///
  /// - Parameters:
  ///   - split: whose rows are meant.
  ///   - rows: [B].
  ///   - outputs: [P × C × B], rows contiguous.
  ///   - pointCount: P.
  ///   - losses: [P × B], overwritten; never NaN, ∞ for an output that cannot be scored.
  /// - Throws: severity `unsupported` for a dataset of samples; severity `discard` for outputs without a score.
  func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Scores outputs as a scenario that has more to say than a loss. From any thread.
  ///
  /// - Parameter scoring: the outputs, and the buffers to write scores to; one that is empty is not asked for.
  /// - Throws: severity `unsupported` where a score is asked for that the scenario does not have.
  func score(_ scoring: Scoring) throws(ComponentError)

  /// The loss of the outputs for one row, and its gradient with respect to them. From any thread.
  ///
  /// - Parameters:
  ///   - split: whose row is meant.
  ///   - row: its number in the split.
  ///   - outputs: o, [C].
  ///   - gradient: ∂loss/∂o, [C], overwritten.
  /// - Returns: the loss.
  /// - Throws: severity `unsupported` where the scenario does not know its gradient.
  func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double

  /// A scenario's metrics of the outputs for some rows.
  ///
  /// - Parameters:
  ///   - split: whose rows are meant.
  ///   - rows: [B].
  ///   - outputs: [C × B], rows contiguous.
  /// - Returns: one number for each of ``DatasetDescription/metricNames``, in its unit.
  /// - Throws: when they cannot be computed.
  func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> [Double]

  /// Prepares scores along single outputs of one row of a scenario.
  ///
  /// - Parameters:
  ///   - split: whose row is meant.
  ///   - row: its number in the split.
  ///   - outputs: the base point, [C].
  /// - Returns: the cuts, which keep a copy of the base point.
  /// - Throws: severity `unsupported` where the scenario has no cuts.
  func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> any ScenarioCuts

  /// What one offset of a cut costs, as a part of a whole score.
  var cutCost: Double { get }
}

/// Losses of a scenario along single outputs through a base point.
///
/// One thread at a time.
public protocol ScenarioCuts: AnyObject {
  /// Writes the losses at base + offsets[k]·e_output.
  ///
  /// - Parameters:
  ///   - output: the output that changes, below C.
  ///   - offsets: [K], in the unit of the output.
  ///   - losses: [K], overwritten.
  /// - Throws: when they cannot be computed.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Writes the losses and, of a scenario that has them, the violations at base + offsets[k]·e_output.
  ///
  /// - Parameters:
  ///   - output: the output that changes, below C.
  ///   - offsets: [K], in the unit of the output.
  ///   - losses: [K], overwritten.
  ///   - violations: [K], 0 or more, overwritten; empty: not asked for.
  /// - Throws: severity `unsupported` where violations are asked for and the scenario has none.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Makes base + delta·e_output the base point.
  ///
  /// - Parameters:
  ///   - output: the output that changes, below C.
  ///   - delta: in the unit of the output.
  /// - Throws: when the scores there cannot be prepared.
  func move(output: Int, delta: Double) throws(ComponentError)
}

extension ScenarioCuts {
  /// Writes the losses alone, and throws severity `unsupported` where violations are asked for.
  public func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard violations.isEmpty else { throw .unsupported("these cuts have no violations") }
    try cut(output: output, offsets: offsets, losses: losses)
  }
}

extension Dataset {
  /// Passes the losses on to the other `score`, and throws severity `unsupported` where more is asked for.
  public func score(_ scoring: Scoring) throws(ComponentError) {
    guard scoring.violations.isEmpty, scoring.objectives.isEmpty, scoring.draws.isEmpty else {
      throw .unsupported("this dataset scores outputs by losses only")
    }
    try score(
      scoring.split, rows: scoring.rows, outputs: scoring.outputs,
      pointCount: scoring.pointCount, losses: scoring.losses)
  }
  /// Throws severity `unsupported`: the loss has no known gradient.
  public func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    throw .unsupported("this dataset knows no gradient")
  }
  /// Throws severity `unsupported`: the rows have no variants.
  public func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("this dataset has no variants of its rows")
  }
  /// The input's first extent for every row; it throws nothing.
  public func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int] {
    rows.map { _ in datasetDescription.input.extents.first ?? 1 }
  }
  /// Throws severity `unsupported`: the dataset holds samples.
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    throw .unsupported("this dataset holds samples and scores no outputs")
  }
  /// No metrics; it throws nothing.
  public func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> [Double] { [] }
  /// Throws severity `unsupported`: the scenario has no cuts.
  public func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> any ScenarioCuts {
    throw .unsupported("this dataset scores no cuts")
  }
  /// A whole score.
  public var cutCost: Double { 1 }
}

/// A dataset that can be published in a plugin.
public protocol DatasetComponent: Dataset, Component {
  /// The files that can be fetched for it.
  static var resources: [Resource] { get }

  /// Makes an instance; reads and checks its files.
  ///
  /// - Parameter request: the values of its parameters and the host, which locates files.
  /// - Throws: kind `parameter` for settings that do not go together, kind `data` for files that are absent or
  ///   damaged.
  init(request: ComponentRequest) throws(ComponentError)
}

extension DatasetComponent {
  /// By default there is nothing to fetch.
  public static var resources: [Resource] { [] }
}
