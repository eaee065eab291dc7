public import QHostInterfaces

/// What a figure of runs is: which of its values are better, and in which unit it is.
///
/// This is the one place that knows; whoever ranks, marks or stops by a figure asks here.
public struct MetricFacts: Sendable, Codable, Equatable {
  /// Which of its values are better.
  public var direction: MetricDescription.Direction
  /// Its unit; `nil`: none.
  public var unit: String?
  /// Whose it is: `dataset` or `model`; `nil`: the host's own.
  public var component: String?

  /// Makes facts.
  public init(
    _ direction: MetricDescription.Direction, unit: String? = nil, component: String? = nil
  ) {
    self.direction = direction
    self.unit = unit
    self.component = component
  }

  /// Those of the host's own figures: `loss`, `rmse` and `mae` are errors, `accuracy` is a part and `r2` one at most.
  ///
  /// A dataset or a model may have a metric `mae` of its own, which came later; then that one counts.
  public static let ofHost: [String: MetricFacts] = [
    "loss": MetricFacts(.lower), "rmse": MetricFacts(.lower), "mae": MetricFacts(.lower),
    "accuracy": MetricFacts(.higher), "r2": MetricFacts(.higher),
  ]

  /// Whether more is better.
  public var isMoreBetter: Bool { direction == .higher }

  /// Which values are better, in words.
  public var directionWords: String {
    switch direction {
    case .neutral: "neither less nor more is better"
    case .lower: "less is better"
    case .higher: "more is better"
    }
  }
}
