/// An allocation with its score, which a change of one choice updates.
///
/// A choice is a category of one output. Rates are multiples of 2⁻²⁰, so that updates are exact.
protocol AllocationState: AnyObject {
  /// The category of each output.
  var choices: [Int] { get }
  /// The sum of all rates in bit/s/Hz.
  var sumRate: Double { get }
  /// How far from feasible; 0: all constraints hold.
  var violation: Double { get }
  /// Rates of the users in bit/s/Hz.
  var userRates: [Double] { get }

  /// Takes over an allocation as a whole.
  func place(_ choices: [Int])

  /// The score with another choice for one output, in constant time.
  func trial(_ output: Int, _ category: Int) -> (sumRate: Double, violation: Double)

  /// Makes another choice for one output.
  func move(_ output: Int, to category: Int)
}

/// How many coding schemes users have, and what constraints there are.
struct AllocationLimits: Sendable {
  /// The least rate of a user; 0: none.
  var floor = 0.0
  /// The most sub-bands of a user; 0: any.
  var cap = 0

  /// What a user's rate lacks.
  @inline(__always)
  func shortfall(_ rate: Double) -> Double { rate < floor ? floor - rate : 0 }

  /// By how many sub-bands a user has too many.
  @inline(__always)
  func excess(_ count: Int) -> Int { cap > 0 && count > cap ? count - cap : 0 }
}
