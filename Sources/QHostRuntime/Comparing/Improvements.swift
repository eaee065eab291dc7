internal import Glibc

/// How the best loss of a run came about, thinned out; the same place in each list belongs together.
public struct Improvements: Sendable, Codable, Equatable {
  /// Losses and gradients so far.
  public var evaluations: [Int] = []
  /// Work so far, in passes of the whole training split.
  public var forwardEquivalents: [Double] = []
  /// Seconds so far.
  public var seconds: [Double] = []
  /// The best loss.
  public var bestLoss: [Double] = []

  /// Makes an empty list.
  public init() {}

  /// Keeps the last improvement of each twentieth of a tenfold of evaluations.
  ///
  /// - Parameters:
  ///   - steps: all improvements, in order.
  ///   - scale: passes of the whole split that one forward-equivalent is.
  package init(thinning steps: [BestPoint.Improvement], scale: Double) {
    for (place, step) in steps.enumerated() {
      let next = place + 1 < steps.count ? steps[place + 1] : nil
      if let next, Self.bucket(next) == Self.bucket(step) { continue }
      evaluations.append(step.evaluations)
      forwardEquivalents.append(step.forwardEquivalents * scale)
      seconds.append(step.seconds)
      bestLoss.append(step.loss)
    }
  }

  /// Twenty for each tenfold.
  private static func bucket(_ step: BestPoint.Improvement) -> Int {
    Int(20 * log10(Double(max(step.evaluations, 1))))
  }
}
