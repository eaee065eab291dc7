public import QHostInterfaces

/// What is done to rows before a model sees them.
///
/// Inputs become (x − shift) · factor, feature by feature; of series, channel by channel, and their padding stays 0. Targets that are numbers in a unit of the user's become
/// (t − targetShift) · targetFactor, output by output (decision 30).
///
/// The figures come from the training split alone and go into the model's file.
public struct Preprocessing: Sendable, Codable, Equatable {
  /// `none`, `standardize` or `minmax`.
  public var scaling: String
  /// What is subtracted, [F]; empty for `none`.
  public var shift: [Double]
  /// What the difference is multiplied with, [F]; a constant feature has 1.
  public var factor: [Double]
  /// What is subtracted from targets, [C]; `nil`: targets are as they are.
  public var targetShift: [Double]?
  /// What that difference is multiplied with, [C], above 0; a constant target has 1.
  public var targetFactor: [Double]?
  /// Steps of an input of series, where F is the number of channels; `nil`: inputs are not a series.
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
  ///
  /// - Parameters:
  ///   - scaling: of inputs.
  ///   - table: the training split, as read.
  ///   - standardizesTargets: whether targets become ones of mean 0 and deviation 1.
  public init(
    _ scaling: Scaling, fitting table: SampleTable, standardizesTargets: Bool = false
  ) {
    self.scaling = "\(scaling)"
    if standardizesTargets { (targetShift, targetFactor) = Self.standardizingTargets(of: table) }
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
      factor = zip(low, high).map {
        $1 - $0 <= Self.constantSpread * max(abs($0), abs($1)) ? 1 : 1 / ($1 - $0)
      }
    }
  }

  /// Whether it is meant for inputs of so many numbers.
  public func fits(_ inputCount: Int) -> Bool {
    shift.count == factor.count && targetShift?.count == targetFactor?.count
      && (shift.isEmpty || shift.count * (stepCount ?? 1) == inputCount)
  }

  /// Changes the inputs of a table in place, and its targets.
  public func apply(to table: SampleTable) {
    if !shift.isEmpty {
      guard let inputs = table.storedInputs.reals else {
        preconditionFailure("inputs that are scaled are not packed")
      }
      apply(to: inputs)
    }
    table.clearPadding()
    guard let targetShift, let targetFactor, targetShift.count == table.targetWidth else { return }
    for place in table.targets.indices {
      let output = place % targetShift.count
      table.targets[place] = Float(
        (Double(table.targets[place]) - targetShift[output]) * targetFactor[output])
    }
  }

  /// How much of the user's unit is 1 of an output's, as the model has it.
  func targetUnit(ofOutput output: Int) -> Double { targetFactor.map { 1 / $0[output] } ?? 1 }

  /// An output of the model in the user's unit.
  func restored(_ value: Double, output: Int) -> Double {
    guard let targetShift, let targetFactor else { return value }
    return value / targetFactor[output] + targetShift[output]
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

  /// The spread, as a part of its mean, up to which a column is constant: what 32-bit reals cannot tell apart.
  private static let constantSpread = 1e-7

  private static func standardizingTargets(
    of table: SampleTable
  ) -> (shift: [Double], factor: [Double]) {
    let width = table.targetWidth
    return columns(width, rows: Double(table.rowCount)) { body in
      for place in table.targets.indices { body(place % width, Double(table.targets[place])) }
    }
  }

  private static func standardizing(
    _ table: SampleTable, _ f: Int
  ) -> (shift: [Double], factor: [Double]) {
    columns(
      f, rows: Double(table.lengths.isEmpty ? table.rowCount : table.lengths.reduce(0, +))
    ) { forEach(table, $0) }
  }

  /// Mean and 1 / deviation of each of so many columns.
  ///
  /// - Parameters:
  ///   - count: of the columns.
  ///   - rows: how many numbers each has.
  ///   - forEach: calls with each number and its column.
  /// - Returns: [columns] each; a factor of 1 for a column that is constant.
  private static func columns(
    _ count: Int, rows: Double, _ forEach: ((Int, Double) -> Void) -> Void
  ) -> (shift: [Double], factor: [Double]) {
    var mean = [Double](repeating: 0, count: count)
    var low = [Double](repeating: .infinity, count: count)
    var (high, variance) = (low.map { -$0 }, mean)
    forEach { column, value in
      mean[column] += value / rows
      low[column] = min(low[column], value)
      high[column] = max(high[column], value)
    }
    forEach { column, value in
      let difference = value - mean[column]
      variance[column] += difference * difference / rows
    }
    let factor = (0..<count).map { column in
      let least = constantSpread * mean[column]
      let isConstant = low[column] == high[column] || variance[column] <= least * least
      return isConstant ? 1 : 1 / variance[column].squareRoot()
    }
    return (mean, factor)
  }

  /// Features; channels of series.
  private static func width(_ table: SampleTable) -> Int {
    table.lengths.isEmpty ? table.inputCount : table.inputCount / table.stepCount
  }

  /// Calls for each number of the rows, but for padding.
  private static func forEach(_ table: SampleTable, _ body: (Int, Double) -> Void) {
    let width = width(table)
    guard let inputs = table.storedInputs.reals else {
      preconditionFailure("inputs that are scaled are not packed")
    }
    for row in 0..<table.rowCount {
      let steps = table.lengths.isEmpty ? 1 : table.lengths[row]
      for step in 0..<steps {
        let start = row * table.inputCount + step * width
        for column in 0..<width { body(column, Double(inputs[start + column])) }
      }
    }
  }
}
