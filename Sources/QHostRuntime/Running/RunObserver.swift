/// How a run is doing, for people.
public struct RunProgress: Sendable {
  /// The part of the budget spent, 0 to 1.
  public var fraction: Double
  /// Seconds of the run so far.
  public var seconds: Double
  /// What it has cost.
  public var cost: Cost
  /// The best loss so far.
  public var bestLoss: Double
  /// The accuracy on the validation or training split, when it was last computed.
  public var accuracy: Double?
}

/// Is told how a run is doing, on the thread that runs it.
public protocol RunObserver: AnyObject {
  /// Whether ``RunProgress/accuracy`` is worth computing now.
  var wantsAccuracy: Bool { get }

  /// About ten times a second.
  func update(_ progress: RunProgress)
}
