import QHostInterfaces
internal import QHostNumerics
internal import QHostStatistics

/// Keeps a normal distribution from settling inside the cell of one integer.
///
/// Points are drawn as m + σ · A · y, with A = 1 for real coordinates. After each generation A and m of a whole
/// coordinate are changed, where they must be, so that a point falls into cells on either side of the mean's with a
/// probability of at least α/2, and of α where only one side is left, α = 1/(nλ).
///
/// Source: Hamano, Saito, Nomura, Shirakawa, *CMA-ES with margin*, GECCO 2022, arXiv:2205.13482.
struct WholeMargins {
  private let whole: WholeParameters
  private let problem: Problem
  /// A, [n].
  private(set) var factors: [Double]

  init(_ problem: Problem) {
    self.problem = problem
    whole = WholeParameters(problem)
    factors = Array(repeating: 1, count: problem.dimension)
  }

  /// Changes m and A of whole coordinates.
  ///
  /// - Parameters:
  ///   - mean: m in units of the scales, [n].
  ///   - probability: α.
  ///   - deviation: σ √C_ii of a coordinate, in units of the scales.
  mutating func correct(
    _ mean: inout [Double], probability: Double, deviation: (Int) -> Double
  ) {
    for i in whole.indices {
      let scale = problem.scales[i]
      let (lowest, highest) = (problem.lower[i].rounded(.up), problem.upper[i].rounded(.down))
      guard lowest < highest else { continue }
      let m = min(max(mean[i] * scale, problem.lower[i]), problem.upper[i])
      let s = deviation(i) * factors[i] * scale
      let value = problem.clamped(m, at: i)
      if value == lowest || value == highest {
        let reach = NormalDistribution.quantile(1 - probability) * s
        mean[i] =
          (value == lowest ? max(m, value + 0.5 - reach) : min(m, value - 0.5 + reach)) / scale
        continue
      }
      mean[i] = m / scale
      guard let (place, width) = Self.widened(m, s, about: value, probability) else { continue }
      mean[i] = place / scale
      factors[i] *= width / s
    }
  }

  /// The mean and deviation that reach both neighbouring cells often enough; `nil`: they do already.
  private static func widened(
    _ mean: Double, _ deviation: Double, about value: Double, _ probability: Double
  ) -> (mean: Double, deviation: Double)? {
    let below = NormalDistribution.below((value - 0.5 - mean) / deviation)
    let above = NormalDistribution.above((value + 0.5 - mean) / deviation)
    let half = probability / 2
    guard below < half || above < half else { return nil }
    let (low, high, inside) = (max(below, half), max(above, half), 1 - below - above)
    // What was added to one side is taken from the cell and from the other side, in proportion.
    let part = (1 - low - high - inside) / (low + high + inside - 3 * half)
    let first = NormalDistribution.quantile(low + part * (low - half))
    let last = NormalDistribution.quantile(1 - (high + part * (high - half)))
    let width = 1 / (last - first)
    return (value - 0.5 - first * width, width)
  }

  /// A = 1.
  mutating func reset() { factors = Array(repeating: 1, count: factors.count) }

  func save(_ writer: inout StateWriter) { writer.write(factors) }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    factors = try reader.readReals(count: factors.count)
  }
}
