/// How a whole-number network is tuned.
public struct TuningSettings: Sendable {
  /// The budget: so many passes over all calibration rows, in multiply-adds.
  public var passes: Double
  /// The rows of a minibatch.
  public var batchRows: Int
  /// The part of the rows that choose the network and take no part otherwise.
  public var heldOut: Double
  /// What a signed digit adds to the loss.
  public var digitCost: Double
  /// The part of the targets that is the real network's own outputs.
  public var distillation: Double

  /// Makes settings.
  public init(
    passes: Double = 1000, batchRows: Int = 8192, heldOut: Double = 0.1, digitCost: Double = 0,
    distillation: Double = 0
  ) {
    (self.passes, self.batchRows, self.heldOut) = (passes, batchRows, heldOut)
    (self.digitCost, self.distillation) = (digitCost, distillation)
  }
}
