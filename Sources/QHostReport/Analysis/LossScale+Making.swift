internal import Glibc
internal import QHostStatistics

extension ProblemReport.LossScale {
  /// The losses that are counted as targets.
  static let targetCount = 51

  /// The scale of the runs of a problem.
  ///
  /// It is logarithmic when all losses are above 0. With some that are exactly 0 it is so, too, if there are
  /// others a million times smaller than the worst, the least of which then stands for 0; else linear.
  ///
  /// - Returns: `nil` when there are no two losses.
  init?(_ runs: [RunTrace]) {
    let all = runs.compactMap(\.bestLoss)
    guard let best = all.min(), let worst = runs.compactMap(\.firstLoss).max(), worst > best,
      worst.isFinite
    else { return nil }
    self.worst = worst
    let positive = runs.lazy.flatMap { $0.curves.evaluations.values.lazy }.filter { $0 > 0 }.min()
    if best > 0 {
      (self.best, isLogarithmic) = (best, true)
    } else if best == 0, let positive, positive < worst * 1e-6 {
      (self.best, isLogarithmic) = (positive, true)
    } else {
      (self.best, isLogarithmic) = (best, false)
    }
  }

  /// The loss at a part of the way from the worst, 0, to the best, 1.
  func loss(at part: Double) -> Double {
    if part >= 1 { return best }
    if part <= 0 { return worst }
    return isLogarithmic
      ? worst * exp(part * log(best / worst)) : worst + part * (best - worst)
  }

  /// Losses at equal steps, from the first below the worst to the best.
  var targets: [Double] {
    (1...Self.targetCount).map { loss(at: Double($0) / Double(Self.targetCount)) }
  }

  /// The area over a run's curve, 0 to 1.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - effort: against what.
  ///   - horizon: up to which; a run that ended before keeps its best loss.
  /// - Returns: `nil` of a run without losses.
  func area(of run: RunTrace, _ effort: Effort, to horizon: Double) -> Double? {
    guard horizon > 0, run.bestLoss != nil else { return nil }
    let curve = run.curves[effort]
    let precision = StepCurve(
      places: curve.places,
      values: isLogarithmic ? curve.values : curve.values.map { exp(($0 - best) / (worst - best)) })
    let measure =
      isLogarithmic
      ? AnytimePerformance(from: worst, to: best) : AnytimePerformance(from: M_E, to: 1)
    return effort == .evaluations
      ? measure.area(precision, evaluations: Int(horizon))
      : measure.area(precision, spending: horizon)
  }
}
