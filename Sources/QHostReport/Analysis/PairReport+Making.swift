internal import QHostStatistics

/// The compared figure of a combination by seed; infinity for a run that failed.
struct OutcomesBySeed {
  let name: String
  /// Less is better.
  let values: [UInt64: Double]
}

extension PairReport {
  /// Compares all pairs, and corrects their probabilities together.
  ///
  /// - Parameters:
  ///   - outcomes: of each combination.
  ///   - isMoreBetter: whether the figure had its sign changed.
  ///   - baseline: the name of the one that all others are compared with.
  /// - Returns: the pairs: each combination with all that come after it, or each of the others with the
  ///   baseline.
  static func all(
    _ outcomes: [OutcomesBySeed], isMoreBetter: Bool, baseline: String?
  ) -> [PairReport] {
    var pairs: [PairReport] = []
    for (place, first) in outcomes.enumerated() where first.name != baseline {
      let others =
        baseline == nil ? outcomes[(place + 1)...] : outcomes.filter { $0.name == baseline }[...]
      for second in others {
        pairs.append(PairReport(first, second, isMoreBetter: isMoreBetter))
      }
    }
    let tested = pairs.indices.filter { pairs[$0].probability != nil }
    if let adjusted = try? Holm.adjusted(tested.compactMap { pairs[$0].probability }) {
      for (place, value) in zip(tested, adjusted) { pairs[place].adjustedProbability = value }
    }
    for place in pairs.indices { pairs[place].reading = pairs[place].words }
    return pairs
  }

  private init(_ first: OutcomesBySeed, _ second: OutcomesBySeed, isMoreBetter: Bool) {
    let seeds = first.values.keys.filter { second.values[$0] != nil }.sorted()
    let own = seeds.compactMap { first.values[$0] }
    let others = seeds.compactMap { second.values[$0] }
    let sign = isMoreBetter ? -1.0 : 1
    self.first = first.name
    self.second = second.name
    pairCount = seeds.count
    betterCount = zip(own, others).count { $0 < $1 }
    worseCount = zip(own, others).count { $0 > $1 }
    let differences = zip(own, others).map { $0 == $1 ? 0 : sign * ($0 - $1) }
    let middle = Sample(differences)?.median
    medianDifference = middle.flatMap { $0.isFinite ? $0 : nil }
    if betterCount + worseCount > 0 {
      probability = (try? WilcoxonSignedRank(own, others))?.pValue
    }
    // Less is better here, so that the chance of a better run is that of a lesser value.
    let measure = (try? VarghaDelaney(own, others)).flatMap { $0 }
    effect = measure.map { 1 - $0.value }
    magnitude = measure?.magnitude.rawValue
    reading = ""
  }

  /// The smallest level at which a difference is called one.
  static let level = 0.05

  private var words: String {
    guard pairCount > 0 else { return "no seed has a result of both" }
    guard let effect, let adjusted = adjustedProbability else {
      return "the same on all \(pairCount) seeds"
    }
    let isFirst = effect >= 0.5
    let (better, worse) = isFirst ? (first, second) : (second, first)
    let count = isFirst ? betterCount : worseCount
    let ties = pairCount - betterCount - worseCount
    let tied = ties == 0 ? "" : ", \(ties) the same"
    let figure = "better on \(count) of \(pairCount) seeds\(tied)"
    guard adjusted <= Self.level else {
      return "no difference is shown (\(better) \(figure))"
    }
    return "\(better) is better than \(worse): a \(magnitude ?? "certain") effect, \(figure)"
  }
}
