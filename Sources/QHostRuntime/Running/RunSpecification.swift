internal import QHostInterfaces

/// When a run stops.
public struct Budget: Sendable, Codable, Equatable {
  /// What applies when the user sets no budget: forward passes of the whole training split.
  public static let standardForwardEquivalents = 10_000.0

  /// Losses and gradients together.
  public var maxEvaluations: Int?
  /// Forward passes of the whole training split, by work actually done.
  public var maxForwardEquivalents: Double?
  /// Seconds of the run, resumed parts included.
  public var maxSeconds: Double?
  /// Stop at this training loss.
  public var untilLoss: Double?
  /// Stop at this accuracy on the validation split, or on the training split when there is none.
  public var untilAccuracy: Double?
  /// Stop at this value of a figure on the validation split, or on the training split when there is none.
  public var untilMetric: MetricTarget?

  /// Makes a budget without limits.
  public init() {}

  /// Whether there is something to reach: a loss, an accuracy or a metric.
  public var hasTarget: Bool {
    untilLoss != nil || untilAccuracy != nil || untilMetric != nil
  }

  /// Whether neither evaluations, forward-equivalents nor seconds are limited.
  public var isUnlimited: Bool {
    maxEvaluations == nil && maxForwardEquivalents == nil && maxSeconds == nil
  }

  /// The part that is spent, 0 to 1.
  ///
  /// By counts where they are limited, so that schedules repeat; else by time.
  package func progress(_ cost: Cost, seconds: Double) -> Double {
    var part = 0.0
    if let max = maxEvaluations { part = Swift.max(part, Double(cost.evaluations) / Double(max)) }
    if let max = maxForwardEquivalents { part = Swift.max(part, cost.forwardEquivalents / max) }
    if maxEvaluations == nil, maxForwardEquivalents == nil, let max = maxSeconds {
      part = seconds / max
    }
    return Swift.min(part, 1)
  }

  /// Whether any limit is reached.
  package func isSpent(_ cost: Cost, seconds: Double) -> Bool {
    if let max = maxEvaluations, cost.evaluations >= max { return true }
    if let max = maxForwardEquivalents, cost.forwardEquivalents >= max { return true }
    if let max = maxSeconds, seconds >= max { return true }
    return false
  }
}

/// Why a run stopped: an outcome, never an error.
public enum StopReason: String, Sendable, Codable {
  /// Evaluations, forward-equivalents or time are used up.
  case budgetSpent
  /// The loss, accuracy or metric that was asked for is reached.
  case targetReached
  /// The optimizer is within its own tolerance.
  case toleranceReached
  /// The optimizer sees no way forward.
  case stalled
  /// The optimizer's own schedule has ended.
  case scheduleEnded
  /// The user interrupted.
  case cancelled

  init(_ reason: Query.DoneReason) {
    switch reason {
    case .converged: self = .toleranceReached
    case .stalled: self = .stalled
    case .schedule: self = .scheduleEnded
    }
  }
}

/// Everything that decides a run's result: written into its checkpoint and its model's file.
public struct RunSpecification: Sendable, Codable, Equatable {
  /// The optimizer's name.
  public var optimizer: String
  /// The model's name.
  public var model: String
  /// The dataset's name.
  public var dataset: String
  /// The target's name; `nil`: the model is not deployed.
  public var target: String?
  /// The file of a trained model that the run starts from; `nil`: the model's own start.
  public var start: String?
  /// The SHA-256 of the files that inner models start from, by the key that names them; `nil`: none do, or
  /// they have not been read yet.
  var startHashes: [String: String]?
  /// What the user set.
  public var settings: Settings
  /// The loss's name; `nil`: the one that goes with the dataset's task.
  public var loss: String?
  /// The scaling's name; `nil`: the one that the dataset asks for.
  public var scaling: String?
  /// How targets that are numbers are scaled, `none` or `standardize`; `nil`: what goes with the dataset.
  public var targetScaling: String?
  /// The seed of all random numbers.
  public var seed: UInt64
  /// Rows of a minibatch; `nil`: what the optimizer prefers; 0: all.
  public var batchRows: Int?
  /// The width of the Gaussian prior on unbounded real parameters, in their scales; `nil`: none.
  public var prior: Double?
  /// How one loss is made of a scenario's objectives; `nil`: all weigh the same, or there are none.
  public var scalarisation: Scalarisation?
  /// Models that are kept on the way, per decade of passes; `nil`: none.
  public var snapshots: Int?
  /// When it stops.
  public var budget: Budget

  /// Makes a specification with the standard budget.
  public init(
    optimizer: String, model: String, dataset: String, settings: Settings = Settings(),
    seed: UInt64 = 1
  ) {
    self.optimizer = optimizer
    self.model = model
    self.dataset = dataset
    self.settings = settings
    self.seed = seed
    budget = Budget()
    budget.maxForwardEquivalents = Budget.standardForwardEquivalents
  }

  /// The SHA-256 of the files that inner models start from, by path; once the run's parts are made.
  package var starts: [String: String] {
    var starts: [String: String] = [:]
    for (key, sha256) in startHashes ?? [:] {
      if let path = settings[key] { starts[path] = sha256 }
    }
    return starts
  }

  /// The run whose model is not deployed.
  package var withoutTarget: RunSpecification {
    var specification = self
    specification.target = nil
    specification.settings = settings.without("target")
    return specification
  }
}
