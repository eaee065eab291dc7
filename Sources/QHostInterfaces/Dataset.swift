/// Samples, or a scenario that scores outputs itself.
///
/// F = numbers in one input, T = numbers in one target, C = numbers in one output, B = rows,
/// P = candidates.
public protocol Dataset: AnyObject {
  /// What it holds.
  var datasetDescription: DatasetDescription { get }

  /// Writes the inputs [B × F] and targets [B × T] of rows [B] of a split.
  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// Writes the inputs [B × F] of variants [B] of training rows [B], such as shifted images.
  ///
  /// Variant 0 is the row itself; targets stay those of the row. From any thread.
  func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// The lengths [B], 1 ... T, of the series in rows [B] of a split; see ``DatasetDescription/isSeries``.
  func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int]

  /// Writes a scenario's losses [P × B] of outputs [P × C × B] for rows [B]. From any thread.
  func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Scores outputs as a scenario that has more to say than a loss. From any thread.
  func score(_ scoring: Scoring) throws(ComponentError)

  /// The loss of outputs [C] for one row, and its gradient [C] with respect to them. From any thread.
  func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double

  /// A scenario's metrics of outputs [C × B] for rows [B], one for each of its names.
  func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> [Double]

  /// Scores along single outputs of one row of a scenario, from base outputs [C].
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
  /// Writes the losses [K] at base + offsets[k]·e_output.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Writes the losses [K] and, of a scenario that has them, the violations [K] there.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Makes base + delta·e_output the base point.
  func move(output: Int, delta: Double) throws(ComponentError)
}

extension ScenarioCuts {
  /// It has no violations.
  public func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard violations.isEmpty else { throw .unsupported("these cuts have no violations") }
    try cut(output: output, offsets: offsets, losses: losses)
  }
}

extension Dataset {
  /// It has losses only.
  public func score(_ scoring: Scoring) throws(ComponentError) {
    guard scoring.violations.isEmpty, scoring.objectives.isEmpty, scoring.draws.isEmpty else {
      throw .unsupported("this dataset scores outputs by losses only")
    }
    try score(
      scoring.split, rows: scoring.rows, outputs: scoring.outputs,
      pointCount: scoring.pointCount, losses: scoring.losses)
  }
  /// It knows none.
  public func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    throw .unsupported("this dataset knows no gradient")
  }
  /// Its rows have no variants.
  public func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("this dataset has no variants of its rows")
  }
  /// All are as long as the input's first extent.
  public func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int] {
    rows.map { _ in datasetDescription.input.extents.first ?? 1 }
  }
  /// It holds samples.
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    throw .unsupported("this dataset holds samples and scores no outputs")
  }
  /// It has none.
  public func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> [Double] { [] }
  /// It has none.
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
  init(request: ComponentRequest) throws(ComponentError)
}

extension DatasetComponent {
  /// None.
  public static var resources: [Resource] { [] }
}
