import QHostInterfaces

/// Moves of one parameter to another allowed value.
///
/// A real parameter that would leave its bounds is thrown back by as much; so the edges are no
/// likelier than the inside. Integers move by 1 at least; a category becomes any other one.
struct CoordinateMoves {
  /// Whether every value is allowed.
  let isFree: Bool

  private let problem: Problem
  private let isReal: Bool

  init(problem: Problem) {
    self.problem = problem
    isReal = problem.kinds.allSatisfy { $0 == .real }
    isFree =
      isReal && !zip(problem.lower, problem.upper).contains { $0.isFinite || $1.isFinite }
  }

  /// The value that `x` moves to.
  @inline(__always)
  func moved(
    _ x: Double, by step: Double, at index: Int, random: inout RandomStream
  ) -> Double {
    if isFree { return x + step }
    if isReal || problem.kinds[index] == .real { return reflected(x + step, at: index) }
    return problem.kinds[index] == .integer
      ? steppedWhole(x, by: step, at: index) : otherCategory(than: x, at: index, random: &random)
  }

  private func reflected(_ value: Double, at index: Int) -> Double {
    let lower = problem.lower[index]
    let upper = problem.upper[index]
    if value < lower { return min(2 * lower - value, upper) }
    if value > upper { return max(2 * upper - value, lower) }
    return value
  }

  private func steppedWhole(_ x: Double, by step: Double, at index: Int) -> Double {
    let length = max(1, abs(step).rounded())
    let signed = step < 0 ? -length : length
    let there = problem.clamped(x + signed, at: index)
    // A step into the wall goes the other way.
    return there == x ? problem.clamped(x - signed, at: index) : there
  }

  private func otherCategory(
    than x: Double, at index: Int, random: inout RandomStream
  ) -> Double {
    let count = Int(problem.upper[index]) + 1
    guard count > 1 else { return x }
    return Double((Int(x) + 1 + random.integer(below: count - 1)) % count)
  }
}
