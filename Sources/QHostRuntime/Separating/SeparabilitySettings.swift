/// How the separability of a trained model is measured.
public struct SeparabilitySettings: Sendable {
  /// The inputs of A and B, as the user wrote them; `nil`: the first half and the others.
  public var bipartition: String?
  /// The output that is the function's value, by its name or its number from 1 on; `nil`: the only one.
  public var output: String?
  /// The split whose rows give the samples.
  public var split = "train"
  /// Samples of A, and as many of B; `nil`: 250, or as many as there are rows.
  public var sampleCount: Int?
  /// Resamples of the bootstrap.
  public var resampleCount = 200
  /// The part of the squares that the rank holds.
  public var rankPart = 0.99
  /// Whether the mean is taken off the function's values.
  public var removesMean = true

  /// The usual settings.
  public init() {}

  static let usualSampleCount = 250

  /// Refuses what is out of range.
  ///
  /// - Throws: kind `usage`.
  public func check() throws(RunError) {
    if let sampleCount, !(2...20_000).contains(sampleCount) {
      throw RunError(.usage, "--samples cannot be \(sampleCount): it must be 2 to 20000")
    }
    guard (1...1_000_000).contains(resampleCount) else {
      throw RunError(.usage, "--resamples cannot be \(resampleCount): it must be 1 to 1000000")
    }
    guard rankPart > 0, rankPart < 1 else {
      throw RunError(.usage, "--rank-part cannot be \(rankPart): it must be above 0 and below 1")
    }
  }
}
