/// How a model learns from rows that come one after the other.
public struct OnlineSettings: Sendable, Codable, Equatable {
  /// What learning from one row may cost.
  public enum RowBudget: Sendable, Codable, Equatable {
    /// Losses on the rows of the memory.
    case losses(Double)
    /// Forward passes of one row, by modelled time.
    case passes(Double)
    /// Microseconds; such a run does not repeat.
    case microseconds(Double)
  }

  /// Which rows are learned from.
  public enum MemoryKind: String, Sendable, Codable, CaseIterable {
    /// The last ones.
    case window
    /// A uniform sample of all.
    case reservoir
    /// A sample in which a row's chance falls exponentially with its age.
    case fading
  }

  /// When the model learns.
  public enum Learning: String, Sendable, Codable, CaseIterable {
    /// All the time, from where it stands.
    case continual
    /// Up to row ``OnlineSettings/learningRows``, and never again.
    case once
    /// From the beginning again after each ``OnlineSettings/learningRows`` rows, at the same cost.
    case retrained
  }

  /// What learning from one row may cost.
  public var budget = RowBudget.passes(20)
  /// Rows that are predicted, then learned from, together.
  public var blockRows = 50
  /// Rows that the memory holds.
  public var memoryRows = 500
  /// Which rows those are.
  public var memory = MemoryKind.window
  /// Rows that only the scaling, the classes and the first steps are taken from; they are not predicted.
  public var warmupRows = 200
  /// Rows between a row and its label.
  public var labelDelay = 0
  /// What says that there is a drift.
  public var detector = DriftDetectorKind.adwin
  /// Rows after a start or a drift in which the optimizer's schedule goes from its beginning to ``plateau``.
  public var scheduleRows = 2_000
  /// Where the schedule stays, as a part of a run's: 0 to below 1.
  public var plateau = 0.6
  /// When the model learns.
  public var learning = Learning.continual
  /// See ``Learning``.
  public var learningRows = 5_000
  /// Whether a model trained once and one retrained are run beside it.
  public var hasBaselines = false
  /// Rows of the sliding window that errors are reported in.
  public var windowRows = 1_000
  /// α: how much an error counts less with each row that follows.
  public var fading = 0.999
  /// Whether each prediction is written to a file.
  public var writesPredictions = false

  /// The standard settings.
  public init() {}

  /// Refuses what is out of range.
  ///
  /// - Throws: kind `usage`.
  public func check() throws(RunError) {
    let counts = [
      ("--block-rows", blockRows, 1), ("--memory-rows", memoryRows, 1),
      ("--warmup-rows", warmupRows, 2), ("--label-delay", labelDelay, 0),
      ("--schedule-rows", scheduleRows, 1), ("--learning-rows", learningRows, 1),
      ("--window-rows", windowRows, 10),
    ]
    for (name, count, least) in counts where count < least || count > 100_000_000 {
      throw RunError(.usage, "\(name) cannot be \(count): it must be \(least) to 100000000")
    }
    guard plateau >= 0, plateau < 1 else {
      throw RunError(.usage, "--plateau cannot be \(plateau): it must be 0 to below 1")
    }
    guard fading > 0, fading < 1 else {
      throw RunError(.usage, "--fading cannot be \(fading): it must be between 0 and 1")
    }
    let amount: Double
    switch budget {
    case .losses(let value), .passes(let value), .microseconds(let value): amount = value
    }
    guard amount > 0, amount.isFinite else {
      throw RunError(.usage, "the budget of a row cannot be \(amount): it must be above 0")
    }
  }
}
