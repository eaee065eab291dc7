/// A range that holds a figure with some confidence.
public struct Interval: Sendable, Equatable, Encodable {
  /// Its lower end.
  public var lower: Double
  /// Its upper end.
  public var upper: Double

  /// Makes a range.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The level of confidence that is usual.
  public static let usualLevel = 0.95

  static func check(_ level: Double) {
    precondition(level > 0 && level < 1, "a level of confidence is between 0 and 1, not \(level)")
  }
}
