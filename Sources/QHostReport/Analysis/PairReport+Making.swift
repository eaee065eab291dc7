internal import QHostStatistics

/// The compared figure of a combination by seed; infinity for a run that failed.
package struct OutcomesBySeed: Sendable {
  package let name: String
  /// Less is better.
  package let values: [UInt64: Double]

  package init(name: String, values: [UInt64: Double]) {
    self.name = name
    self.values = values
  }
}

extension PairReport {
  /// Compares pairs, and corrects their probabilities together.
  ///
  /// - Parameters:
  ///   - outcomes: of each combination.
  ///   - isMoreBetter: whether the figure had its sign changed.
  ///   - baseline: the combination that all others are compared with; `nil`: each with all that come
  ///     after it.
  ///   - unit: what the figures are of, in words.
  /// - Returns: the pairs; those with a baseline have it second, and there are none without its outcomes.
  package static func all(
    _ outcomes: [OutcomesBySeed], isMoreBetter: Bool, baseline: String? = nil,
    unit: String = "seed"
  ) -> [PairReport] {
    var pairs: [PairReport] = []
    for (place, first) in outcomes.enumerated() {
      let others =
        baseline.map { name in first.name == name ? [] : outcomes.filter { $0.name == name } }
        ?? Array(outcomes[(place + 1)...])
      for second in others { pairs.append(PairReport(first, second, isMoreBetter: isMoreBetter)) }
    }
    let tested = pairs.indices.filter { pairs[$0].probability != nil }
    if let adjusted = try? Holm.adjusted(tested.compactMap { pairs[$0].probability }) {
      for (place, value) in zip(tested, adjusted) { pairs[place].adjustedProbability = value }
    }
    for place in pairs.indices { pairs[place].reading = pairs[place].words(unit: unit) }
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
    if betterCount + worseCount > 0, let test = try? WilcoxonSignedRank(own, others) {
      probability = test.pValue
      // The greater values, those that are worse, have the positive ranks.
      let excess = test.positiveRankSum - test.negativeRankSum
      favoured = excess < 0 ? first.name : excess > 0 ? second.name : nil
    }
    furtherSeeds = SeedCount(differences).map { max(0, $0.needed - seeds.count) }
    // Less is better here, so that the chance of a better run is that of a lesser value.
    let measure = (try? VarghaDelaney(paired: own, others)).flatMap { $0 }
    effect = measure.map { 1 - $0.value }
    magnitude = measure?.magnitude.rawValue
    reading = ""
  }
}
