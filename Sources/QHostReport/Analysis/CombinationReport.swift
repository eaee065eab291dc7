public import QHostComparing
internal import QHostRuntime
public import QHostStatistics

/// The figures of a combination on a problem: an optimizer, with what it depends on.
public struct CombinationReport: Sendable, Encodable {
  /// Runs that reached the target which the plan sets.
  public struct Success: Sendable, Encodable {
    /// Those that did.
    public var count: Int
    /// Runs and failures together: a run that failed has not reached it.
    public var outOf: Int
    /// Their part.
    public var rate: Double
    /// Where the chance lies with 95 % confidence, by Wilson.
    public var interval: Interval
  }

  /// The expected running time to the target, when runs that miss it are started again.
  ///
  /// There is none when runs have failed: what they spent is not known, so that leaving them out would
  /// make a combination faster by its crashes, and infinity would say that it never gets there.
  public struct ExpectedTime: Sendable, Encodable {
    /// What all runs spent, those that reached the target until then, divided by the number of these;
    /// infinity when none did, `nil` when runs have failed.
    public var value: Double?
    /// Where it lies with 95 % confidence, by a bootstrap over runs.
    public var interval: Interval?
    /// Why there is none, for example `2 failed`.
    public var absence: String?
  }

  /// What its runs were made under; one value each, unless plans or versions were mixed.
  public struct Conditions: Sendable, Encodable, Equatable {
    /// The widths of the Gaussian prior that was part of the loss, rising; 0: none.
    public var priors: [Double]
    /// Rows that a loss was answered on, rising.
    public var batchRows: [Int]
    /// Rows of the sample that curves and best losses are of, rising; empty when they are of the whole
    /// training split.
    public var monitoredRows: [Int]
  }

  /// Runs that spent more than the plan allows, by more than one point.
  public struct Excess: Sendable, Encodable, Equatable {
    /// What they spent too much of.
    public var effort: Effort
    /// How many they are.
    public var runCount: Int
    /// The most that one of them spent.
    public var most: Double
    /// What the plan allows.
    public var limit: Double
  }

  /// What the trained models do on their target.
  public struct Deployment: Sendable, Encodable {
    /// The part of the rows whose class is right there.
    public var accuracy: Distribution?
    /// The part of the rows whose class is that of the host's own model.
    public var agreement: Distribution?
    /// Bytes of code.
    public var bytes: Distribution?
    /// Mean cycles of a row.
    public var cycles: Distribution?
  }

  /// A run.
  public struct Run: Sendable, Encodable {
    /// Its seed.
    public var seed: UInt64
    /// The figure that is compared; `nil`: it has none.
    public var metric: Double?
    /// The best training loss that the optimizer saw.
    public var bestLoss: Double?
    /// The area over its convergence curve against passes.
    public var anytime: Double?
  }

  /// What it is called, on each axis.
  public var labels: CellLabels
  /// What it is called in this report.
  public var name: String
  /// Its place among all optimizers, with what they depend on, from 0: the same on every problem.
  public var series: Int
  /// Whether others have made its runs: what they took is not known.
  public var isImported: Bool
  /// Runs that have a result.
  public var runCount: Int
  /// Runs that have failed.
  public var failureCount: Int
  /// Runs that have not been made yet.
  public var missingCount: Int
  /// Runs whose compared figure is not a number: they count as worse than any in tests, and are in no mean.
  public var unmeasuredCount: Int
  /// Runs that ended where all constraints hold; `nil` without constraints.
  public var feasibleCount: Int?
  /// Why runs stopped.
  public var stopReasons: [String: Int]
  /// What runs were made under.
  public var conditions: Conditions
  /// What runs spent beyond the plan's budget.
  public var excess: [Excess]
  /// The runs that reached the target; `nil` without a target.
  public var success: Success?
  /// The expected running time to the target; `nil` without a target, or as long as no run has ended.
  public var expectedTime: PerEffort<ExpectedTime>?
  /// The figure that is compared.
  public var metric: Distribution?
  /// The best training loss that the optimizer saw.
  public var bestLoss: Distribution?
  /// The area over the convergence curve, 0 to 1; see ``ProblemReport/LossScale``.
  public var anytime: PerEffort<Distribution?>
  /// Losses and gradients.
  public var evaluations: Distribution?
  /// Passes of the whole training split.
  public var passes: Distribution?
  /// Seconds.
  public var seconds: Distribution?
  /// Seconds of processor time.
  public var cpuSeconds: Distribution?
  /// Seconds that the optimizer itself took.
  public var optimizerSeconds: Distribution?
  /// Seconds of everything else: the objective, and the host's loop.
  public var objectiveSeconds: Distribution?
  /// Microseconds of the optimizer for each evaluation.
  public var optimizerMicrosecondsPerEvaluation: Distribution?
  /// What the trained models do on their target; `nil` when none was deployed.
  public var deployment: Deployment?
  /// The best loss against effort.
  public var convergence: PerEffort<ConvergenceBand?>
  /// The part of targets reached against effort.
  public var reached: PerEffort<FractionCurve>
  /// The runs, by seed.
  public var runs: [Run]
}

/// The median and the quartiles of the best loss, over runs, against effort.
public struct ConvergenceBand: Sendable, Encodable, Equatable {
  /// What was spent.
  public var effort: [Double]
  /// The lower quartile of the best loss.
  public var lower: [Double]
  /// Its median.
  public var median: [Double]
  /// Its upper quartile; infinity where a quarter of the runs has no loss yet.
  public var upper: [Double]
}

/// A part, 0 to 1, against something: a curve of steps.
public struct FractionCurve: Sendable, Encodable, Equatable {
  /// Where it rises.
  public var x: [Double]
  /// The part from there on.
  public var fraction: [Double]
}
