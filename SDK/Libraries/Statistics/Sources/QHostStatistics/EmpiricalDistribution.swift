/// The part of some things that has happened by a time: F(t) = |{i : tᵢ ≤ t}| / n.
///
/// Over pairs of a target and a run it says how much of all that was to be solved is solved with a
/// budget. Source: N. Hansen et al., *COCO: performance assessment*, arXiv:1605.03560, section 5.
public struct EmpiricalDistribution: Sendable, Equatable {
  /// The times of those that happen at all, from the first.
  public let times: [Double]
  /// The number of all, n.
  public let count: Int

  /// Takes the time of each thing; infinity when it never happens.
  public init(_ times: [Double]) {
    precondition(!times.contains(where: \.isNaN), "the time of an event must be a number")
    self.times = times.filter { $0 < .infinity }.sorted()
    count = times.count
  }

  /// Takes the pairs of runs and targets.
  ///
  /// - Parameters:
  ///   - runs: the curve of each run, one for each problem and seed, and the losses that it is to
  ///     reach.
  ///   - missed: further pairs that never happen: of runs that failed or cannot be made.
  public init(pairsOf runs: [(curve: StepCurve, targets: [Double])], missed: Int = 0) {
    let times = runs.flatMap { run in
      run.targets.map { run.curve.place(reaching: $0) ?? .infinity }
    }
    self.init(times + [Double](repeating: .infinity, count: missed))
  }

  /// The part that has happened, 0 to 1; 0 of nothing.
  public func fraction(at time: Double) -> Double {
    guard count > 0 else { return 0 }
    var lower = 0
    var upper = times.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if times[middle] <= time { lower = middle + 1 } else { upper = middle }
    }
    return Double(lower) / Double(count)
  }
}
