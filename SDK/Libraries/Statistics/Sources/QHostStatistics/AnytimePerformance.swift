internal import Glibc

/// How good a run was all along: the area over its convergence curve (AOCC), 0 to 1, more is better.
///
/// AOCC = 1/B Σ_{i=1..B} (1 − (min(max(yᵢ, l), u) − l)/(u − l)), where yᵢ is log₁₀ of the precision
/// after i of B evaluations. It is the mean of the empirical distribution over all targets from l to u
/// and all budgets up to B, and needs no list of targets. Source: M. López-Ibáñez, D. Vermetten, J.
/// Dreo, C. Doerr, *Using the empirical attainment function for analyzing single-objective black-box
/// optimization algorithms*, arXiv:2404.02031.
public struct AnytimePerformance: Sendable, Equatable {
  /// The precision from which on nothing is gained, 10ˡ.
  public var least: Double
  /// The precision up to which nothing is gained, 10ᵘ.
  public var greatest: Double

  /// Makes a measure.
  public init(from greatest: Double = 1e2, to least: Double = 1e-8) {
    precondition(greatest > least && least > 0, "precisions fall and are above 0")
    self.least = least
    self.greatest = greatest
  }

  /// The area of a run over evaluations.
  ///
  /// - Parameters:
  ///   - curve: the precision, loss less the least possible, against evaluations: integers from 1.
  ///   - budget: B, at least 1; a run that ended before keeps its last precision.
  /// - Returns: AOCC, 0 to 1.
  public func area(_ curve: StepCurve, evaluations budget: Int) -> Double {
    precondition(budget > 0, "a budget is of one evaluation at least")
    // The value from evaluation i on counts in evaluation i already, hence one more than the difference.
    return integral(curve, to: Double(budget) + 1, first: 1) / Double(budget)
  }

  /// The area of a run over what is measured on a scale, such as seconds: the integral in place of the
  /// sum.
  ///
  /// - Parameters:
  ///   - curve: the precision against what was spent, from 0.
  ///   - budget: above 0.
  /// - Returns: the area, 0 to 1.
  public func area(_ curve: StepCurve, spending budget: Double) -> Double {
    precondition(budget > 0 && budget.isFinite, "a budget is above 0")
    return integral(curve, to: budget, first: 0) / budget
  }

  private func integral(_ curve: StepCurve, to end: Double, first: Double) -> Double {
    var sum = 0.0
    for (index, place) in curve.places.enumerated() where place < end {
      let next = index + 1 < curve.places.count ? min(curve.places[index + 1], end) : end
      sum += gain(curve.values[index]) * (next - max(place, first))
    }
    return sum
  }

  private func gain(_ precision: Double) -> Double {
    let clamped = min(max(precision, least), greatest)
    return 1 - log(clamped / least) / log(greatest / least)
  }
}
