internal import QHostRuntime

/// The seeds of a comparison as they are written: `30` for 1 to 30, `5-9`, or `3,7,20-22`.
enum SeedList {
  /// More seeds than this are a mistake.
  static let largestCount = 100_000

  /// The seeds that a text means, in order.
  ///
  /// - Throws: kind `usage`.
  static func seeds(_ text: String) throws(RunError) -> [UInt64] {
    if let count = UInt64(text) { return try range(1, count, text) }
    var seeds: [UInt64] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
      case (1, let seed?, _): seeds.append(seed)
      case (2, let first?, let last?): seeds += try range(first, last, text)
      default: throw wrong(text)
      }
    }
    guard Set(seeds).count == seeds.count else {
      throw RunError(.usage, "seeds '\(text)' name a seed twice; leave one out")
    }
    return seeds
  }

  private static func range(
    _ first: UInt64, _ last: UInt64, _ text: String
  ) throws(RunError) -> [UInt64] {
    guard first <= last, last - first < UInt64(largestCount) else { throw wrong(text) }
    return Array(first...last)
  }

  private static func wrong(_ text: String) -> RunError {
    RunError(
      .usage,
      "seeds cannot be '\(text)': write how many, such as 30, or which, such as 5-9 or 3,7 "
        + "(at most \(largestCount))")
  }
}
