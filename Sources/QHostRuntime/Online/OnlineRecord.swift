/// What is kept of an online run: schema `qhost.online/1`.
public struct OnlineRecord: Codable, Sendable {
  /// What a stream has noticed on the way.
  public struct Notes: Codable, Sendable, Equatable {
    /// Rows whose time was before that of the row before.
    public var timesBackwards = 0
    /// Rows whose time was that of the row before.
    public var timesRepeated = 0
    /// Classes that came after the first rows, with the rows where they first came, from 0.
    public var newClasses: [String: Int] = [:]
    /// Rows of a class for which no output was left: they count as errors, and are not learned from.
    public var rowsOfUnknownClass = 0
    /// The line that the stream ended within, which was left out; `nil`: it ended with a line.
    public var endedWithinLine: Int?

    /// Nothing was noticed.
    public init() {}
  }

  /// One true drift as a model lived through it.
  public struct Passage: Codable, Sendable, Equatable {
    /// Its first row of the new concept, or its middle.
    public var row: Int
    /// Rows that it took; 0: abrupt.
    public var width: Int
    /// The error in the sliding window before it began.
    public var errorBefore: Double?
    /// The mean error from there to the next one.
    public var errorAfter: Double?
    /// The highest mean error of 500 rows after it.
    public var worstError: Double?
    /// Rows after which the mean error of the last 500 was within two points of the one before; `nil`: it was not.
    public var rowsUntilBack: Int?
  }

  /// The curves of a model.
  public struct Curve: Codable, Sendable, Equatable {
    /// Rows up to each point.
    public var row: [Int]
    /// The error in the sliding window.
    public var window: [Double]
    /// The error with the fading factor.
    public var faded: [Double]
  }

  /// A model that learned.
  public struct Learner: Codable, Sendable, Equatable {
    /// `continual`, `once` or `retrained`.
    public var learning: OnlineSettings.Learning
    /// Rows whose labels came.
    public var rowsScored: Int
    /// The mean error over all of them: of classes the part that was wrong, of numbers the mean absolute error.
    public var error: Double?
    /// 1 − error, of classes.
    public var accuracy: Double?
    /// The error from the first true drift on.
    public var errorAfterFirstDrift: Double?
    /// At the end, in the sliding window.
    public var windowError: Double?
    /// At the end, with the fading factor.
    public var fadedError: Double?
    /// 1 − error/error of the last label, over all rows; `nil` where that was always right.
    public var kappaNoChange: Double?
    /// Alike, against the most frequent label or the mean so far.
    public var kappaMajority: Double?
    /// At the end, in the sliding window.
    public var windowKappaNoChange: Double?
    /// At the end, in the sliding window.
    public var windowKappaMajority: Double?
    /// Rows at which the detector said that there was a drift.
    public var detections: [Int]
    /// The true drifts.
    public var drifts: [Passage]
    /// Microseconds a row, of predicting and learning: the median over rows; of a block each row has the mean.
    public var microsecondsMedian: Double?
    /// The mean.
    public var microsecondsMean: Double?
    /// The 99th percentile.
    public var microseconds99: Double?
    /// Losses and gradients that learning has asked for.
    public var evaluations: Int
    /// Forward passes of one row that learning came to, by modelled time.
    public var passes: Double
    /// Instances of the optimizer that were made after a drift.
    public var restartsByDrift: Int
    /// Instances that were made because the one before was done.
    public var restartsByEnding: Int
    /// Instances that were made because rows changed under one that takes them for the same.
    public var restartsByRows: Int
    /// The error along the stream.
    public var curve: Curve
  }

  /// The version of this record's form.
  public var schema = "qhost.online/1"
  /// Whether the stream came to its end; else the user interrupted.
  public var isComplete: Bool
  /// The seed.
  public var seed: UInt64
  /// The loss that was minimised.
  public var loss: String
  /// How learning continued.
  public var settings: OnlineSettings
  /// Rows of one look at the memory.
  public var batchRows: Int
  /// Proposed parameters.
  public var optimizer: RunRecord.Component
  /// Was trained.
  public var model: RunRecord.Component
  /// Where rows came from; `nil`: a table.
  public var dataset: RunRecord.Component?
  /// The table that rows came from; `-`: standard input; `nil`: a dataset.
  public var input: String?
  /// `classification` or `regression`.
  public var task: String
  /// Rows that came, those of the warm-up included.
  public var rows: Int
  /// Rows that were predicted, each once.
  public var rowsPredicted: Int
  /// Rows with a number that was not known: predicted with the last known one, and not learned from.
  public var rowsWithGaps: Int
  /// Rows whose label never came.
  public var rowsWithoutLabel: Int
  /// The mean error of the last label as prediction.
  public var noChangeError: Double?
  /// That of the most frequent label, or of the mean.
  public var majorityError: Double?
  /// What else was noticed.
  public var notes: Notes
  /// The models, the one that was asked for first.
  public var learners: [Learner]
  /// Seconds from the first row to the last, of this process.
  public var seconds: Double
  /// The most memory that the process has held, in bytes.
  public var peakBytes: Int
  /// The files that the run wrote.
  public var artifacts: [RunRecord.Artifact]

  /// As one JSON object.
  ///
  /// - Throws: when a value has no form in JSON.
  public func json() throws(RunError) -> String { try JSONText.of(self, indented: true) }
}

extension OnlineRecord.Learner {
  init(_ learner: OnlineLearner, isClassification: Bool) {
    let scores = learner.scores
    learning = learner.learning
    rowsScored = scores.count
    error = scores.error
    accuracy = isClassification ? scores.error.map { 1 - $0 } : nil
    errorAfterFirstDrift = learner.tracker.errorAfterFirst
    windowError = scores.windowError
    fadedError = scores.fadedError
    kappaNoChange = scores.kappaNoChange
    kappaMajority = scores.kappaMajority
    windowKappaNoChange = scores.windowKappaNoChange
    windowKappaMajority = scores.windowKappaMajority
    detections = learner.detections
    drifts = learner.tracker.passages.map {
      OnlineRecord.Passage(
        row: $0.row, width: $0.width, errorBefore: $0.errorBefore, errorAfter: $0.errorAfter,
        worstError: $0.worstError, rowsUntilBack: $0.rowsUntilBack)
    }
    microsecondsMedian = learner.times.microseconds(atPart: 0.5)
    microsecondsMean = learner.times.meanMicroseconds
    microseconds99 = learner.times.microseconds(atPart: 0.99)
    evaluations = learner.cost.evaluations
    passes = learner.passes
    restartsByDrift = learner.counts.drifts
    restartsByEnding = learner.counts.endings
    restartsByRows = learner.counts.renewals
    let points = learner.curve.points
    curve = OnlineRecord.Curve(
      row: points.map(\.row), window: points.map(\.window), faded: points.map(\.faded))
  }
}
