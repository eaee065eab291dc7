/// How a check ended on the plugin or on one of its components.
public struct CheckOutcome: Sendable, Codable, Equatable {
  /// The ways to end.
  public enum State: String, Sendable, Codable {
    case passed
    case failed
    case skipped
  }

  /// The check's name.
  public var check: String
  /// How deep it looks.
  public var level: Check.Level
  /// The component, for example `optimizer 'adam'`; empty: the plugin.
  public var component: String
  /// How it ended.
  public var state: State
  /// What was wrong, or why it was skipped; empty when passed.
  public var message: String
  /// How long it took, in seconds.
  public var seconds: Double
}
