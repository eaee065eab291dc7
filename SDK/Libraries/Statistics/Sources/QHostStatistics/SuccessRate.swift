/// The part of runs that reached what they were to reach.
public struct SuccessRate: Sendable, Equatable {
  /// Runs that did.
  public let successes: Int
  /// All runs.
  public let runs: Int

  /// Makes a rate.
  public init(successes: Int, runs: Int) {
    precondition(
      successes >= 0 && successes <= runs, "\(successes) successes of \(runs) runs cannot be")
    self.successes = successes
    self.runs = runs
  }

  /// s/n; `nil` of no runs.
  public var value: Double? { runs == 0 ? nil : Double(successes) / Double(runs) }

  /// Where the chance of success lies, with about the level's confidence on average.
  ///
  /// (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). Source: E. B. Wilson, J. Am. Stat. Assoc.
  /// 22 (1927) 209; recommended for few runs by L. D. Brown et al., Statistical Science 16 (2001) 101.
  public func wilson(level: Double = Interval.usualLevel) -> Interval {
    Interval.check(level)
    guard let value else { return Interval(lower: 0, upper: 1) }
    let n = Double(runs)
    let z = NormalDistribution.quantile((1 + level) / 2)
    let middle = (value + z * z / (2 * n)) / (1 + z * z / n)
    let half =
      z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
    // The ends are exactly 0 and 1 there; rounding must not make them miss.
    return Interval(
      lower: successes == 0 ? 0 : middle - half, upper: successes == runs ? 1 : middle + half)
  }
}
