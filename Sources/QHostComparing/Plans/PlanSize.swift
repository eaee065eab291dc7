internal import QHostRuntime

/// How large a plan may be.
enum PlanSize {
  /// Combinations; each is checked, and named in the journal.
  static let mostCombinations = 20_000
  /// Cells.
  static let mostCells = 1_000_000

  /// Refuses a product that is too large, before anything is made of it.
  ///
  /// - Parameters:
  ///   - counts: the factors.
  ///   - what: what there would be so many of.
  ///   - limit: the most.
  /// - Throws: kind `usage`.
  static func check(
    _ counts: [Int], _ what: String, limit: Int = mostCombinations
  ) throws(RunError) {
    let product = counts.reduce(1.0) { $0 * Double(max($1, 1)) }
    guard product > Double(limit) else { return }
    let factors = counts.filter { $0 > 1 }.map(String.init).joined(separator: " x ")
    throw RunError(
      .usage,
      "\(what) would be \(factors) combinations, of which a comparison has at most \(limit); leave values "
        + "out, or share them out among several plans")
  }
}
