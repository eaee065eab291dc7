/// Mode single-mcs: a user has one coding scheme on all its sub-bands, R_u = max_m e_m |{s of u : l_us ≥ m}|.
///
/// l_us is the highest scheme that gets through. The scheme is not chosen beside the allocation but is the best for it: for a
/// given allocation users do not compete for schemes, so that an output for it would only be one more way to be wrong.
final class SchemeAllocation: AllocationState {
  private let levels: [Int]
  private let efficiencies: [Double]
  private let userCount: Int
  private let limits: AllocationLimits
  /// Sub-bands of a user on which scheme m gets through, [U × schemes].
  private var counts: [Int]
  private(set) var choices: [Int] = []
  private(set) var userRates: [Double]
  private(set) var sumRate = 0.0
  private(set) var violation = 0.0

  /// Takes how many schemes get through [S × U], and the schemes' spectral efficiencies.
  init(levels: [Int], efficiencies: [Double], userCount: Int, limits: AllocationLimits) {
    self.levels = levels
    self.efficiencies = efficiencies
    self.userCount = userCount
    self.limits = limits
    counts = Array(repeating: 0, count: userCount * efficiencies.count)
    userRates = Array(repeating: 0, count: userCount)
  }

  func place(_ choices: [Int]) {
    self.choices = choices
    for place in counts.indices { counts[place] = 0 }
    for (band, user) in choices.enumerated() { add(1, band, user) }
    (sumRate, violation) = (0, 0)
    for user in 0..<userCount {
      userRates[user] = rate(user, level: 0, change: 0)
      sumRate += userRates[user]
      violation += limits.shortfall(userRates[user])
    }
  }

  func trial(_ output: Int, _ category: Int) -> (sumRate: Double, violation: Double) {
    let old = choices[output]
    guard category != old else { return (sumRate, violation) }
    var (sum, violation) = (sumRate, violation)
    for (user, change) in [(old, -1), (category, 1)] {
      let rate = rate(user, level: levels[output * userCount + user], change: change)
      sum += rate - userRates[user]
      violation += limits.shortfall(rate) - limits.shortfall(userRates[user])
    }
    return (sum, violation)
  }

  func move(_ output: Int, to category: Int) {
    let old = choices[output]
    guard category != old else { return }
    (sumRate, violation) = trial(output, category)
    add(-1, output, old)
    add(1, output, category)
    for user in [old, category] { userRates[user] = rate(user, level: 0, change: 0) }
    choices[output] = category
  }

  private func add(_ change: Int, _ band: Int, _ user: Int) {
    for scheme in 0..<levels[band * userCount + user] {
      counts[user * efficiencies.count + scheme] += change
    }
  }

  /// A user's rate with `change` more sub-bands of a level.
  private func rate(_ user: Int, level: Int, change: Int) -> Double {
    var best = 0.0
    let first = user * efficiencies.count
    for scheme in efficiencies.indices {
      let count = counts[first + scheme] + (scheme < level ? change : 0)
      best = max(best, efficiencies[scheme] * Double(count))
    }
    return best
  }
}
