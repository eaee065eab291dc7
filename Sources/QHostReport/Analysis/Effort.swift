/// What a run spends, by the three measures that are always shown beside each other.
public enum Effort: String, Sendable, CaseIterable, Encodable {
  /// Losses and gradients that were asked for.
  case evaluations
  /// Passes of the whole training split, by multiply-adds.
  case passes
  /// Seconds.
  case seconds

  /// What an axis is called.
  var title: String {
    switch self {
    case .evaluations: "evaluations (losses and gradients)"
    case .passes: "passes of the training split"
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
  /// Against seconds.
  public var seconds: Value

  /// Makes the value of each measure.
  init<Failure: Error>(_ make: (Effort) throws(Failure) -> Value) throws(Failure) {
    evaluations = try make(.evaluations)
    passes = try make(.passes)
    seconds = try make(.seconds)
  }

  /// The value of a measure.
  public subscript(_ effort: Effort) -> Value {
    switch effort {
    case .evaluations: evaluations
    case .passes: passes
    case .seconds: seconds
    }
  }
}

extension PerEffort: Sendable where Value: Sendable {}
extension PerEffort: Encodable where Value: Encodable {}
