/// When a run is looked at: at the same passes of the training split for every optimizer.
///
/// With f the part of the split that a look costs, looks are at t₀ = 20 f and then at
/// tₖ₊₁ = max(1.1 tₖ, tₖ + 20 f), so that looks never cost more than a twentieth of the passes that the run has
/// done. It goes by counts, never by time, so that runs repeat.
package struct WatchSchedule {
  /// Passes that a run does for each pass of looking.
  private static let passesPerLook = 20.0

  private let cost: Double
  /// The passes at which the next look is due.
  package private(set) var next: Double

  /// A schedule of looks that cost `cost` passes each.
  package init(cost: Double) {
    self.cost = cost
    next = Self.passesPerLook * cost
  }

  /// Continues where another one was.
  package mutating func goOn(at next: Double) { self.next = next }

  /// Continues to the first look after `passes`.
  package mutating func advance(beyond passes: Double) {
    guard cost > 0 else { return }
    while next <= passes { next = max(next * 1.1, next + Self.passesPerLook * cost) }
  }

  /// Puts the next look off, since a whole split had to be gone through.
  package mutating func postpone(after passes: Double) {
    next = max(next, passes + Self.passesPerLook * (1 + cost))
  }
}
