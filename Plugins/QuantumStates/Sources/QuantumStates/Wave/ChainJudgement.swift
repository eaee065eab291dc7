/// Whether Markov chains agree with one another, and how far off their mean is.
///
/// R̂ is that of halves of chains: √((W (n − 1)/n + B)/W), W the mean variance within halves of n samples, B the variance of
/// their means. Chains that are stuck, each where it began, have variances of nearly 0 and error bars to match; only R̂
/// tells, and is infinite where nothing moves within chains that differ.
///
/// Source: A. Gelman, D. B. Rubin, Statist. Sci. 7 (1992) 457; A. Vehtari et al., Bayesian Analysis 16 (2021) 667.
public struct ChainJudgement: Sendable, Equatable {
  /// R̂: near 1 where chains agree.
  public var rHat: Double
  /// The standard error of the mean of all samples, from the means of chains.
  public var standardError: Double

  init(rHat: Double, standardError: Double) {
    self.rHat = rHat
    self.standardError = standardError
  }

  /// Judges chains.
  ///
  /// - Parameters:
  ///   - values: sample t of chain c at t · chainCount + c.
  ///   - chainCount: at least 2.
  public init(_ values: [Double], chainCount: Int) {
    precondition(chainCount > 1 && values.count % chainCount == 0, "whole chains, at least two")
    let length = values.count / chainCount
    let half = length / 2
    func mean(_ chain: Int, _ places: Range<Int>) -> Double {
      places.reduce(0.0) { $0 + values[$1 * chainCount + chain] } / Double(places.count)
    }
    let chainMeans = (0..<chainCount).map { mean($0, 0..<length) }
    standardError =
      (Self.variance(chainMeans) / Double(chainCount)).squareRoot()
    guard half > 1 else {
      rHat = .infinity
      return
    }
    var (means, within) = ([Double](), 0.0)
    for chain in 0..<chainCount {
      for places in [0..<half, length - half..<length] {
        let own = mean(chain, places)
        means.append(own)
        within += Self.variance(places.map { values[$0 * chainCount + chain] })
      }
    }
    within /= Double(2 * chainCount)
    let between = Self.variance(means)
    let scale = values.reduce(0) { max($0, abs($1)) }
    // What rounding leaves of equal numbers is not a variance.
    let nothing = 1e-22 * scale * scale
    if within <= nothing {
      rHat = between <= nothing ? 1 : .infinity
    } else {
      rHat = ((within * Double(half - 1) / Double(half) + between) / within).squareRoot()
    }
  }

  private static func variance(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
