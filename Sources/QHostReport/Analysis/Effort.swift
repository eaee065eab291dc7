/// What a run spends, by the measures that are always shown beside each other.
public enum Effort: String, Sendable, CaseIterable, Encodable {
  /// Losses and gradients that were asked for.
  case evaluations
  /// Passes of the whole training split, by modelled processor time.
  case passes
  /// Seconds of processor time; within a run in proportion to its seconds, as events are dated by the
  /// clock alone.
  case processorSeconds
  /// Seconds.
  case seconds

  /// The measures that do not depend on what else the machine does: those of tables, charts and ranks.
  ///
  /// Seconds stand beside them as a figure of runs, and in JSON and CSV.
  static let shown: [Effort] = [.evaluations, .passes, .processorSeconds]

  /// What an axis is called.
  var title: String {
    switch self {
    case .evaluations: "evaluations (losses and gradients)"
    case .passes: "passes of the training split"
    case .processorSeconds: "processor seconds"
    case .seconds: "seconds"
    }
  }
}

/// A value for each measure of effort.
public struct PerEffort<Value> {
  /// Against evaluations.
  public var evaluations: Value
  /// Against passes of the training split.
  public var passes: Value
  /// Against seconds of processor time.
  public var processorSeconds: Value
  /// Against seconds.
  public var seconds: Value

  /// Makes the value of each measure.
  init<Failure: Error>(_ make: (Effort) throws(Failure) -> Value) throws(Failure) {
    evaluations = try make(.evaluations)
    passes = try make(.passes)
    processorSeconds = try make(.processorSeconds)
    seconds = try make(.seconds)
  }

  /// The value of a measure.
  public subscript(_ effort: Effort) -> Value {
    switch effort {
    case .evaluations: evaluations
    case .passes: passes
    case .processorSeconds: processorSeconds
    case .seconds: seconds
    }
  }
}

extension PerEffort: Sendable where Value: Sendable {}
extension PerEffort: Encodable where Value: Encodable {}
