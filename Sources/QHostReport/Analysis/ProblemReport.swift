public import QHostRuntime

/// Everything about a problem: one model on one dataset, for one target if models are deployed.
public struct ProblemReport: Sendable, Encodable {
  /// How losses are turned into parts of 0 to 1, for targets and areas.
  public struct LossScale: Sendable, Encodable, Equatable {
    /// Whether equal steps are ratios: all losses are above 0.
    public var isLogarithmic: Bool
    /// The best loss of any run.
    public var best: Double
    /// The worst first loss of any run.
    public var worst: Double
  }

  /// The model's label.
  public var model: String
  /// The dataset's label.
  public var dataset: String
  /// The target's label; `nil` when models are not deployed.
  public var target: String?
  /// When its runs ended.
  public var budget: Budget
  /// Its seeds.
  public var seedCount: Int
  /// The loss that was minimised.
  public var loss: String?
  /// Whether the loss is a score of the dataset's own, such as the value of a function: it has no rows
  /// that are learnt from.
  public var isScenario: Bool
  /// The model's number of trainable parameters.
  public var parameterCount: Int?
  /// The figure that is compared, for example `test accuracy`.
  public var metric: String?
  /// Its unit; `nil`: none.
  public var unit: String?
  /// Whether more of it is better.
  public var isMoreBetter: Bool
  /// Whether it is a part of a whole, told in per cent.
  public var isPart: Bool
  /// Whether it is a metric of the dataset or the model.
  public var hasOwnMetric: Bool
  /// Between which losses the targets and areas lie; `nil` without runs, or when all losses are the same.
  public var lossScale: LossScale?
  /// The losses that ``CombinationReport/reached`` counts.
  public var targets: [Double]
  /// What was spent at most, up to which areas are taken.
  public var horizon: PerEffort<Double>
  /// The combinations, in the plan's order.
  public var combinations: [CombinationReport]
  /// All pairs of them, or those with the reference.
  public var pairs: [PairReport]
  /// How they rank by each measure of effort; `nil` of fewer than two with runs.
  public var effortRanking: EffortRanking?
  /// Seeds whose optimizers did not start at the same point.
  public var unpairedSeeds: [UInt64]

  /// The compared figure with its unit.
  var metricTitle: String? { metric.map { name in unit.map { "\(name) (\($0))" } ?? name } }

  /// What it is called.
  public var title: String { "\(model) on \(dataset)" + (target.map { " for \($0)" } ?? "") }
}
