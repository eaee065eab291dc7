/// Modes user-cap and qos-floor: a user's rate is the sum over its sub-bands, R_u = Σ_s r_us [x_s = u].
///
/// Violation: Σ_u max(0, floor − R_u), or Σ_u max(0, n_u − cap).
final class LinearAllocation: AllocationState {
  private let rates: [Double]
  private let userCount: Int
  private let limits: AllocationLimits
  private var counts: [Int]
  private(set) var choices: [Int] = []
  private(set) var userRates: [Double]
  private(set) var sumRate = 0.0
  private(set) var violation = 0.0

  /// Takes rates [S × U].
  init(rates: [Double], userCount: Int, limits: AllocationLimits) {
    self.rates = rates
    self.userCount = userCount
    self.limits = limits
    counts = Array(repeating: 0, count: userCount)
    userRates = Array(repeating: 0, count: userCount)
  }

  func place(_ choices: [Int]) {
    self.choices = choices
    // Members of an object are looked up, and locked, each time: here once for all sums.
    let (userCount, limits) = (userCount, limits)
    var (total, shortfalls) = (0.0, 0.0)
    rates.withUnsafeBufferPointer { rates in
      userRates.withUnsafeMutableBufferPointer { sums in
        counts.withUnsafeMutableBufferPointer { counts in
          for user in 0..<userCount { (sums[user], counts[user]) = (0, 0) }
          for (band, user) in choices.enumerated() {
            let rate = rates[band * userCount + user]
            sums[user] += rate
            counts[user] += 1
            total += rate
          }
          for user in 0..<userCount {
            shortfalls += limits.shortfall(sums[user]) + Double(limits.excess(counts[user]))
          }
        }
      }
    }
    (sumRate, violation) = (total, shortfalls)
  }

  @inline(__always)
  func trial(_ output: Int, _ category: Int) -> (sumRate: Double, violation: Double) {
    let old = choices[output]
    guard category != old else { return (sumRate, violation) }
    let lost = rates[output * userCount + old]
    let won = rates[output * userCount + category]
    let (left, joined) = (userRates[old], userRates[category])
    var violation = violation
    if limits.floor > 0 {
      violation +=
        (limits.shortfall(left - lost) - limits.shortfall(left))
        + (limits.shortfall(joined + won) - limits.shortfall(joined))
    }
    if limits.cap > 0 {
      let change =
        limits.excess(counts[old] - 1) - limits.excess(counts[old])
        + limits.excess(counts[category] + 1) - limits.excess(counts[category])
      violation += Double(change)
    }
    return (sumRate - lost + won, violation)
  }

  func move(_ output: Int, to category: Int) {
    let old = choices[output]
    guard category != old else { return }
    (sumRate, violation) = trial(output, category)
    userRates[old] -= rates[output * userCount + old]
    userRates[category] += rates[output * userCount + category]
    counts[old] -= 1
    counts[category] += 1
    choices[output] = category
  }
}
