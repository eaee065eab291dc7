internal import Glibc

/// When models are kept: at 10^(k/N) passes of the training split, so many of them in each decade.
///
/// It goes by counts alone, so that runs repeat, and needs no budget to be known beforehand.
package struct SnapshotSchedule: Sendable {
  /// N, the snapshots of a decade.
  package let perDecade: Int
  /// k of the next one.
  package private(set) var next = 0

  /// A schedule of `perDecade` models in each decade of passes.
  package init(perDecade: Int) {
    precondition(perDecade > 0, "a schedule of snapshots has some")
    self.perDecade = perDecade
  }

  /// The passes at which one is due.
  package func passes(_ index: Int) -> Double { pow(10, Double(index) / Double(perDecade)) }

  /// The last one that is due after this many passes, and has not been taken; `nil`: none is.
  ///
  /// Where a query has gone beyond several, one model stands for all of them.
  package mutating func take(at passes: Double) -> Int? {
    guard passes >= self.passes(next) else { return nil }
    while passes >= self.passes(next + 1) { next += 1 }
    next += 1
    return next - 1
  }
}
