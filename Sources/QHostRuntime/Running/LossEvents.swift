internal import Glibc

/// How the best loss of a run came about: the one list that success, running times, curves and exports are
/// made from.
package struct LossEvents {
  /// A loss that was better than all before it, and what the run had cost then.
  package struct Event: Equatable {
    /// Losses and gradients, this one among them.
    package var evaluations: Int
    /// Passes of the whole training split.
    package var forwardEquivalents: Double
    /// Seconds of the run; within a query they are shared out evenly.
    package var seconds: Double
    /// The loss.
    package var loss: Double

    package init(evaluations: Int, forwardEquivalents: Double, seconds: Double, loss: Double) {
      self.evaluations = evaluations
      self.forwardEquivalents = forwardEquivalents
      self.seconds = seconds
      self.loss = loss
    }
  }

  /// In order; of several within a 250th of a decade of evaluations, one percent, the last one only, as it
  /// was: a loss is never dated before it was reached.
  package private(set) var events: [Event] = []

  /// Those of a run that continues, or none yet.
  package init(_ events: [Event] = []) { self.events = events }

  /// The lowest loss; infinity before the first.
  package var bestLoss: Double { events.last?.loss ?? .infinity }

  /// Adds an event, if its loss is the lowest so far.
  package mutating func note(_ event: Event) {
    guard event.loss < bestLoss else { return }
    if let last = events.last, last.bucket(perDecade: 250) == event.bucket(perDecade: 250) {
      events[events.count - 1] = event
    } else {
      events.append(event)
    }
  }
}

extension LossEvents.Event {
  /// Which of `count` equal parts of its decade of evaluations it is in, counted from 1 evaluation; −1 before.
  package func bucket(perDecade count: Double) -> Int {
    evaluations < 1 ? -1 : Int(count * log10(Double(evaluations)))
  }
}
