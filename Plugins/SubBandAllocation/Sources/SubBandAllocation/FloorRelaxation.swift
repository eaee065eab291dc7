internal import QHostInterfaces

/// Whether floors can hold at all, by what is easier than the problem.
struct FloorRelaxation {
  private let problem: AllocationProblem
  private let rates: [Double]
  private let floor: Double

  /// Looks at a problem with floors.
  init(_ problem: AllocationProblem) {
    self.problem = problem
    rates = problem.bestRates
    floor = problem.limits.floor
  }

  /// Throws, with the reason, when floors cannot hold.
  ///
  /// Two relaxations: each user alone needs so many sub-bands, in all not more than there are; and for weights λ ≥ 0 any division, also of
  /// parts of sub-bands, has Σ_u λ_u R_u ≤ Σ_s max_u λ_u r_us, which must be Σ_u λ_u floor at least (Farkas).
  func check() throws(ComponentError) {
    guard floor > 0 else { return }
    for cell in 0..<problem.settings.cellCount {
      try checkCounts(cell)
      try checkWeights(cell)
    }
  }

  private func users(_ cell: Int) -> Range<Int> {
    let count = problem.settings.usersPerCell
    return cell * count..<(cell + 1) * count
  }

  private func place(_ cell: Int) -> String {
    problem.settings.cellCount > 1 ? " of cell \(cell)" : ""
  }

  private func checkCounts(_ cell: Int) throws(ComponentError) {
    let (bands, userCount) = (problem.settings.subBandCount, problem.settings.userCount)
    var needed = 0
    for user in users(cell) {
      let best = (0..<bands).map { rates[$0 * userCount + user] }.sorted(by: >)
      var (sum, count) = (0.0, 0)
      while sum < floor, count < bands {
        sum += best[count]
        count += 1
      }
      guard sum >= floor else {
        throw .parameter(
          "the floor of \(floor) bit/s/Hz cannot hold: user \(user)\(place(cell)) gets \(sum) on all \(bands) "
            + "sub-bands together; set floor to that or less, or another seed")
      }
      needed += count
    }
    guard needed <= bands else {
      throw .parameter(
        "the floor of \(floor) bit/s/Hz cannot hold: users\(place(cell)) with their best sub-bands for themselves "
          + "need \(needed) in all, there are \(bands); set a lower floor, fewer users or another seed"
      )
    }
  }

  /// Ascends in λ by subgradients: users whose share is too small weigh more.
  private func checkWeights(_ cell: Int) throws(ComponentError) {
    let (bands, userCount) = (problem.settings.subBandCount, problem.settings.userCount)
    let users = users(cell)
    var weights = users.map { user in
      1 / max(1e-6, (0..<bands).reduce(0) { max($0, rates[$1 * userCount + user]) })
    }
    for round in 1...400 {
      var shares = Array(repeating: 0.0, count: users.count)
      var bound = 0.0
      for band in 0..<bands {
        var (best, winner) = (-1.0, 0)
        for (index, user) in users.enumerated() {
          let value = weights[index] * rates[band * userCount + user]
          if value > best { (best, winner) = (value, index) }
        }
        bound += best
        shares[winner] += rates[band * userCount + users.lowerBound + winner]
      }
      let needed = weights.reduce(0, +) * floor
      guard bound >= needed * (1 - 1e-9) else {
        throw .parameter(
          "the floor of \(floor) bit/s/Hz cannot hold: of no division of the sub-bands\(place(cell)), even into "
            + "parts, do all users have more than \(floor * bound / needed); set floor below that, or another seed"
        )
      }
      let step = 1 / Double(round).squareRoot()
      for index in shares.indices {
        weights[index] *= max(0.2, 1 + step * min(1, (floor - shares[index]) / floor))
      }
    }
  }
}
