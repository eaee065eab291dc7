public import QHostInterfaces

/// What is done to inputs before a model sees them: (x − shift) · factor, feature by feature; of series, channel by
/// channel, and their padding stays 0.
///
/// The figures come from the training split alone and go into the model's file.
public struct Preprocessing: Sendable, Codable, Equatable {
  /// `none`, `standardize` or `minmax`.
  public var scaling: String
  /// What is subtracted, [F]; empty for `none`.
  public var shift: [Double]
  /// What the difference is multiplied with, [F]; a constant feature has 1.
  public var factor: [Double]
  /// Steps of an input of series, where F is the number of channels; `nil`: inputs are no series.
  public var stepCount: Int?

  /// The scaling of a name.
  ///
  /// - Throws: kind `usage`, with the names that there are.
  public static func scaling(named name: String) throws(RunError) -> Scaling {
    guard let scaling = Scaling.allCases.first(where: { "\($0)" == name }) else {
      throw RunError(
        .usage,
        "there is no scaling '\(name)'"
          + Suggestion.sentence(for: name, among: Scaling.allCases.map { "\($0)" }))
    }
    return scaling
  }

  /// Takes the figures from a training split.
  public init(_ scaling: Scaling, fitting table: SampleTable) {
    self.scaling = "\(scaling)"
    let f = Self.width(table)
    stepCount = table.lengths.isEmpty ? nil : table.stepCount
    switch scaling {
    case .none: (shift, factor) = ([], [])
    case .standardize:
      (shift, factor) = Self.standardizing(table, f)
    case .minmax:
      var low = [Double](repeating: .infinity, count: f)
      var high = [Double](repeating: -.infinity, count: f)
      Self.forEach(table) { column, value in
        low[column] = min(low[column], value)
        high[column] = max(high[column], value)
      }
      shift = low
      factor = zip(low, high).map { $0 == $1 ? 1 : 1 / ($1 - $0) }
    }
  }

  /// Whether it is meant for inputs of so many numbers.
  public func fits(_ inputCount: Int) -> Bool {
    shift.count == factor.count
      && (shift.isEmpty || shift.count * (stepCount ?? 1) == inputCount)
  }

  /// Changes the inputs of a table in place.
  public func apply(to table: SampleTable) {
    apply(to: table.inputs)
    table.clearPadding()
  }

  /// Changes inputs [B × F] in place.
  func apply(to inputs: UnsafeMutableBufferPointer<Float>) {
    guard !shift.isEmpty else { return }
    for start in stride(from: 0, to: inputs.count, by: shift.count) {
      for column in shift.indices {
        let place = start + column
        inputs[place] = Float((Double(inputs[place]) - shift[column]) * factor[column])
      }
    }
  }

  private static func standardizing(
    _ table: SampleTable, _ f: Int
  ) -> (shift: [Double], factor: [Double]) {
    var mean = [Double](repeating: 0, count: f)
    var variance = mean
    let count = Double(table.lengths.isEmpty ? table.rowCount : table.lengths.reduce(0, +))
    forEach(table) { mean[$0] += $1 / count }
    forEach(table) { column, value in
      let difference = value - mean[column]
      variance[column] += difference * difference / count
    }
    return (mean, variance.map { $0 > 1e-24 ? 1 / $0.squareRoot() : 1 })
  }

  /// Features; channels of series.
  private static func width(_ table: SampleTable) -> Int {
    table.lengths.isEmpty ? table.inputCount : table.inputCount / table.stepCount
  }

  /// Calls for each number of the rows, but for padding.
  private static func forEach(_ table: SampleTable, _ body: (Int, Double) -> Void) {
    let width = width(table)
    for row in 0..<table.rowCount {
      let steps = table.lengths.isEmpty ? 1 : table.lengths[row]
      for step in 0..<steps {
        let start = row * table.inputCount + step * width
        for column in 0..<width { body(column, Double(table.inputs[start + column])) }
      }
    }
  }
}
