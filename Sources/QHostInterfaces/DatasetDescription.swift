/// A part of a dataset.
public enum Split: UInt32, Sendable, CaseIterable, CustomStringConvertible {
  /// What optimizers see.
  case train = 0
  /// What choices are made on.
  case validation
  /// What is read once, at the end.
  case test

  /// Its name.
  public var description: String {
    switch self {
    case .train: "train"
    case .validation: "validation"
    case .test: "test"
    }
  }
}

/// How inputs are scaled before a model sees them, from the training split's figures.
public enum Scaling: UInt32, Sendable, CaseIterable {
  /// As they are.
  case none = 0
  /// Each feature to mean 0, standard deviation 1.
  case standardize
  /// Each feature to 0 ... 1.
  case minmax
}

/// A file that can be fetched for a dataset.
public struct Resource: Sendable, Equatable {
  /// Where it lies within the data folder.
  public var path: String
  /// Where it comes from.
  public var url: String
  /// Its SHA-256, 64 hexadecimal digits.
  public var sha256: String
  /// Its size.
  public var byteCount: Int

  /// Makes a resource.
  public init(path: String, url: String, sha256: String, byteCount: Int) {
    self.path = path
    self.url = url
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}

/// What a dataset holds, once made.
public struct DatasetDescription: Sendable {
  /// What it asks of a model.
  public var task: Task
  /// How its inputs should be scaled.
  public var scaling: Scaling = .none
  /// Rows of each split; the training split has at least 1.
  public var rowCounts: [Split: Int]
  /// The shape of one input.
  public var input: Shape
  /// The shape of one output; [C] classes for classification.
  public var output: Shape
  /// Numbers in one target: 1 for classification, C for regression, 0 for a scenario.
  public var targetWidth: Int
  /// The names of the features, [F]; empty: none.
  public var featureNames: [String] = []
  /// The names of the classes or outputs, [C]; empty: none.
  public var outputNames: [String] = []
  /// The names of a scenario's metrics.
  public var metricNames: [String] = []
  /// The domain of a scenario's outputs, [C]; empty: unbounded.
  public var outputLower: [Double] = []
  /// The domain of a scenario's outputs, [C]; empty: unbounded.
  public var outputUpper: [Double] = []
  /// The kinds of the outputs of a ``ConstrainedScenario``, [C]; empty: all real.
  public var outputKinds: [ParameterKind] = []
  /// Whether a scenario says how far from feasible outputs are.
  public var hasViolations = false
  /// Whether a ``DifferentiableScenario`` knows the gradient of its loss.
  public var hasGradient = false
  /// What a ``MultiObjectiveScenario`` answers in place of a loss; empty: a loss.
  public var objectives: [ObjectiveDescription] = []
  /// Whether the scores of a ``StochasticScenario`` are random draws.
  public var isStochastic = false
  /// The best loss known of a scenario.
  public var bestKnownLoss: Double?
  /// Whether a scenario scores cuts.
  public var hasCuts = false
  /// Where the data is from.
  public var source: String?
  /// Variants of each training row that minibatches draw from, at least 1; variant 0 is the row itself.
  public var variantCount = 1
  /// Whether inputs [T × S] are series of T steps at most, whose lengths the dataset gives.
  public var isSeries = false
  /// The splits whose rows follow one another in time; for series alone.
  public var streams: Set<Split> = []
  /// Where what the rows of a split are drawn from changes, by rising row; see ``DriftingDataset``.
  public var drifts: [Split: [Drift]] = [:]

  /// Makes a description.
  public init(
    task: Task, input: Shape, output: Shape, targetWidth: Int, rowCounts: [Split: Int]
  ) {
    self.task = task
    self.input = input
    self.output = output
    self.targetWidth = targetWidth
    self.rowCounts = rowCounts
  }

  /// Rows of one split.
  public func rowCount(_ split: Split) -> Int { rowCounts[split] ?? 0 }
}
