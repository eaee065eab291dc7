/// How long an algorithm takes to reach a target on average when it is started again after each failure.
///
/// ERT = Σ evaluations of all runs / number of successes. A run counts to its success, or to its end
/// when it has none. Instead of evaluations it can be passes or seconds. Source: N. Hansen et al.,
/// *COCO: performance assessment*, arXiv:1605.03560, section 4.
public struct ExpectedRunningTime: Sendable, Equatable {
  /// A run.
  public struct Run: Sendable, Equatable {
    /// What it cost until it reached the target, or in all.
    public var cost: Double
    /// Whether it did.
    public var isSuccess: Bool

    /// Makes a run.
    public init(cost: Double, isSuccess: Bool) {
      self.cost = cost
      self.isSuccess = isSuccess
    }
  }

  /// The runs.
  public let runs: [Run]

  /// Takes runs of one algorithm on one problem.
  public init(_ runs: [Run]) { self.runs = runs }

  /// The expected time; infinity without a success, `nil` without runs.
  public var value: Double? { runs.isEmpty ? nil : Self.ratio(runs) }

  /// Where it lies, by a bootstrap over runs.
  ///
  /// The upper end is infinity when more than α/2 of the resamples have no success, as with 3 successes
  /// of 10 runs.
  public func interval(_ bootstrap: Bootstrap = Bootstrap()) -> Interval? {
    bootstrap.interval(count: runs.count) { places in Self.ratio(places.map { runs[$0] }) }
  }

  private static func ratio(_ runs: [Run]) -> Double {
    let successes = runs.count { $0.isSuccess }
    guard successes > 0 else { return .infinity }
    return runs.reduce(0) { $0 + $1.cost } / Double(successes)
  }
}
