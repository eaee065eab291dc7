/// Where the rows of an online run come from.
public struct OnlineSource: Sendable, Codable, Equatable {
  /// A table of delimited text; `-`: standard input; `nil`: the run's dataset.
  public var input: String?
  /// The column of labels; `nil`: the last one.
  public var label: String?
  /// The column of times, which is not a feature; `nil`: there is none.
  public var time: String?
  /// Whether labels are numbers to foretell rather than classes.
  public var isRegression = false
  /// Outputs for classes that the first rows do not have.
  public var spareClasses = 2
  /// Whether times that go backwards or repeat are refused, rather than reported.
  public var refusesIrregularTimes = false

  /// The run's dataset.
  public init() {}
}
