/// The outer loop of link adaptation: an offset that keeps the part of lost blocks at a target T.
///
/// The ratio used is that reported less D; D grows by d_up when a block is lost and falls by d_down = d_up T/(1 - T) when not, so that it
/// stands still on average at T.
public struct OuterLoop: Sendable, Equatable {
  /// T, above 0 and below 1.
  public let target: Double
  /// d_up in dB.
  public let stepUp: Double
  /// The largest |D| in dB.
  public let limit: Double
  /// D in dB.
  public private(set) var offset = 0.0

  /// d_down in dB.
  public var stepDown: Double { stepUp * target / (1 - target) }

  /// Makes a loop at D = 0.
  public init(target: Double = 0.1, stepUp: Double = 1, limit: Double = 20) {
    precondition(target > 0 && target < 1, "a target of \(target)")
    self.target = target
    self.stepUp = stepUp
    self.limit = limit
  }

  /// The ratio in dB to choose a scheme by.
  public func corrected(_ reported: Double) -> Double { reported - offset }

  /// Learns whether a block arrived.
  public mutating func learn(isReceived: Bool) {
    offset = max(-limit, min(limit, offset + (isReceived ? -stepDown : stepUp)))
  }
}
