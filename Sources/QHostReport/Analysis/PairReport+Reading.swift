extension PairReport {
  /// The smallest level at which a difference is called one.
  static let level = 0.05

  /// What the pair means.
  ///
  /// Better is who the signed-rank test favours. Where that one is not better on most seeds, which a few
  /// large differences bring about, it is said so, and no effect of the pairs is named: that is the other
  /// one's.
  func words(unit: String) -> String {
    guard pairCount > 0 else { return "no \(unit) has a result of both" }
    guard let adjusted = adjustedProbability else {
      return "the same on all \(pairCount) \(unit)s"
    }
    guard adjusted <= Self.level, let favoured else {
      return "no difference is shown (\(counts(unit)))"
    }
    let isFirst = favoured == first
    let loser = isFirst ? second : first
    let (count, rest) = isFirst ? (betterCount, worseCount) : (worseCount, betterCount)
    let seeds = "of \(pairCount) \(unit)s\(tied)"
    guard count > rest else {
      return "\(favoured) is better than \(loser) by the size of the differences, not by their "
        + "number: better on \(count), worse on \(rest) \(seeds)"
    }
    return "\(favoured) is better than \(loser): a \(magnitude ?? "certain") effect, better on "
      + "\(count) \(seeds)"
  }

  /// Who is better how often, and who it is that ranks speak for when that is the other one.
  private func counts(_ unit: String) -> String {
    let seeds = "of \(pairCount) \(unit)s\(tied)"
    guard betterCount != worseCount else { return "each better on \(betterCount) \(seeds)" }
    let (more, count) = betterCount > worseCount ? (first, betterCount) : (second, worseCount)
    let ranks = favoured.map { $0 == more ? "" : ", but \($0) by more where it is better" } ?? ""
    return "\(more) better on \(count) \(seeds)\(ranks)"
  }

  private var tied: String {
    let ties = pairCount - betterCount - worseCount
    return ties == 0 ? "" : ", \(ties) the same"
  }
}
