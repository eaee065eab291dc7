/// Means of correlated series with their standard errors, and whether their chains have forgotten where they began.
package struct ChainStatistics: Sendable, Equatable {
  /// The mean over all chains and sweeps.
  package var mean: Double
  /// Its standard error, by blocking.
  package var standardError: Double
  /// The integrated autocorrelation time, in sweeps: a mean of N sweeps is as good as one of N/2τ independent ones.
  package var correlationTime: Double
  /// The mean of chains that began on an input's path less that of those that began in the vacuum; 0 where all
  /// began alike.
  package var startDifference: Double

  /// Takes series together.
  ///
  /// - Parameters:
  ///   - series: [chains][sweeps], all of the same length, at least 4.
  ///   - follows: which chains began on an input's path.
  package init(_ series: [[Float]], follows: [Bool]) {
    let means = series.map { Self.mean($0[...]) }
    mean = means.reduce(0, +) / Double(max(means.count, 1))
    standardError = Self.blockedError(series, mean: mean)
    correlationTime = Self.correlationTime(series, mean: mean)
    let groups = [true, false].map { group in
      zip(means, follows).filter { $0.1 == group }.map(\.0)
    }
    startDifference =
      groups.contains { $0.isEmpty }
      ? 0
      : groups[0].reduce(0, +) / Double(groups[0].count) - groups[1].reduce(0, +)
        / Double(groups[1].count)
  }

  private static func mean(_ values: ArraySlice<Float>) -> Double {
    values.reduce(0.0) { $0 + Double($1) } / Double(max(values.count, 1))
  }

  /// The error of the mean of blocks, which grow until they are independent of each other.
  ///
  /// Blocks double while there are at least 32 of all chains together; the largest error counts, since errors of
  /// blocks that are too short are too small.
  ///
  /// Source: H. Flyvbjerg, H. G. Petersen, *Error estimates on averages of correlated data*, J. Chem. Phys. 91 (1989) 461.
  private static func blockedError(_ series: [[Float]], mean: Double) -> Double {
    let length = series.first?.count ?? 0
    var (size, last) = (1, 0.0)
    while true {
      let perChain = length / size
      let count = perChain * series.count
      guard count >= 2, size == 1 || count >= 32 else { break }
      var squares = 0.0
      for chain in series {
        for block in 0..<perChain {
          let difference = Self.mean(chain[block * size..<(block + 1) * size]) - mean
          squares += difference * difference
        }
      }
      last = max(last, (squares / Double(count) / Double(count - 1)).squareRoot())
      size *= 2
    }
    return last
  }

  /// ½ + Σ ρ(t), summed up to the first t that is 6 times the sum.
  ///
  /// Source: N. Madras, A. D. Sokal, *The pivot algorithm*, J. Stat. Phys. 50 (1988) 109.
  private static func correlationTime(_ series: [[Float]], mean: Double) -> Double {
    let length = series.first?.count ?? 0
    let centred = series.map { $0.map { Double($0) - mean } }
    let variance = correlation(centred, 0)
    guard variance > 0 else { return 0.5 }
    var time = 0.5
    for lag in 1..<max(2, length / 2) {
      time += correlation(centred, lag) / variance
      if Double(lag) > 6 * time { break }
    }
    return max(time, 0.5)
  }

  private static func correlation(_ series: [[Double]], _ lag: Int) -> Double {
    var sum = 0.0
    var count = 0
    for chain in series where chain.count > lag {
      for place in 0..<chain.count - lag { sum += chain[place] * chain[place + lag] }
      count += chain.count - lag
    }
    return sum / Double(max(count, 1))
  }
}
