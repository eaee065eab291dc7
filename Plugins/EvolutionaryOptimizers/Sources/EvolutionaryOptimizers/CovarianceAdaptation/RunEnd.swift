import QHostInterfaces

/// When a run of a CMA-ES has nothing more to find.
///
/// - the best losses of the last 10 + ⌈30n/λ⌉ generations, and the losses of this one, lie within the
///   tolerance: TolHistFun
/// - the best point and the one at a quarter of the order were equal in a third of them: EqualFunVals
/// - steps are below 10⁻¹² of the first, or 10⁴ times it: TolX, TolUpSigma
/// - a fifth of a deviation changes no digit of some coordinate: NoEffectCoord
/// - 100 + 50(n + 3)²/√λ generations: MaxIter
///
/// Source: Hansen, *Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed*, GECCO
/// workshop 2009, section 2; the condition of C is watched by ``CovarianceModel``.
struct RunEnd {
  private static let smallestStep = 1e-12
  private static let largestStep = 1e4

  private let tolerance: Double
  private let historyCount: Int
  private let generationLimit: Int
  private var bests: [Double] = []
  private var equals: [Double] = []
  private var generation = 0

  init(dimension: Int, populationCount: Int, tolerance: Double) {
    let (n, pointCount) = (Double(dimension), Double(populationCount))
    self.tolerance = tolerance
    historyCount = 10 + Int((30 * n / pointCount).rounded(.up))
    generationLimit = Int(100 + 50 * (n + 3) * (n + 3) / pointCount.squareRoot())
  }

  /// Brings the losses that it remembers up to date with those of an answer.
  mutating func renew(_ answer: Answer) { answer.renew(&bests) }

  /// Notes a generation, its losses in the order given.
  ///
  /// - Returns: whether the run has ended.
  mutating func note(
    _ losses: [Double], order: [Int], _ distribution: SearchDistribution
  ) -> Bool {
    let best = losses[order[0]]
    let place = min(order.count - 1, 1 + order.count / 4)
    if bests.count < historyCount {
      bests.append(best)
      equals.append(best == losses[order[place]] ? 1 : 0)
    } else {
      bests[generation % historyCount] = best
      equals[generation % historyCount] = best == losses[order[place]] ? 1 : 0
    }
    generation += 1
    return generation >= generationLimit || isFlat(best, losses[order[order.count - 1]])
      || hasNoStep(distribution)
  }

  private func isFlat(_ best: Double, _ worst: Double) -> Bool {
    guard bests.count == historyCount else { return false }
    if 3 * equals.reduce(0, +) > Double(historyCount) { return true }
    let least = bests.reduce(best, min)
    return bests.reduce(worst, max) - least <= tolerance * max(1, abs(least))
  }

  private func hasNoStep(_ distribution: SearchDistribution) -> Bool {
    let first = distribution.firstStepSize
    let step = distribution.stepSize
    if !(step < Self.largestStep * first) { return true }
    var widest = distribution.longestPath
    for i in distribution.mean.indices {
      let spread = distribution.spread(i)
      widest = max(widest, spread)
      let value = distribution.mean[i]
      if value + 0.2 * spread == value { return true }
    }
    return widest < Self.smallestStep * first
  }

  func save(_ writer: inout StateWriter) {
    writer.write(bests)
    writer.write(equals)
    writer.write(generation)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    bests = try reader.readReals()
    equals = try reader.readReals(count: bests.count)
    generation = try reader.readInteger()
    guard bests.count == min(max(generation, 0), historyCount) else {
      throw ComponentError("the saved state is of another population; start a new run")
    }
  }
}
