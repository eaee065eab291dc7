package import QHostRuntime

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

  /// Keeps the last improvement of each hundredth of a decade of evaluations, as it was.
  ///
  /// - Parameter events: all improvements, in order.
  package init(thinning events: [LossEvents.Event]) {
    for (place, event) in events.enumerated() {
      let next = place + 1 < events.count ? events[place + 1] : nil
      if next?.bucket(perDecade: 100) == event.bucket(perDecade: 100) { continue }
      evaluations.append(event.evaluations)
      forwardEquivalents.append(event.forwardEquivalents)
      // Microseconds: more digits say nothing, and take longer to write and to read than the rest.
      seconds.append((event.seconds * 1e6).rounded() / 1e6)
      bestLoss.append(event.loss)
    }
  }

  /// The same where evaluations are counted from 1: what a run starts from counts as known with the first one.
  package var fromTheFirstEvaluation: Improvements {
    guard evaluations.first == 0 else { return self }
    var shifted = self
    if evaluations.count > 1, evaluations[1] <= 1 {
      shifted.evaluations.removeFirst()
      shifted.forwardEquivalents.removeFirst()
      shifted.seconds.removeFirst()
      shifted.bestLoss.removeFirst()
    } else {
      shifted.evaluations[0] = 1
    }
    return shifted
  }
}
