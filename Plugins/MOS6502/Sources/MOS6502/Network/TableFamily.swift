/// The tables that the units of a hidden layer choose from: one for each size of a whole sum's step.
///
/// Sizes are powers 2^(n/4), numbered by n, so that units share tables. A table spans the range of sums
/// in which the function's level changes, and one step of it is a power of two of the sum's.
struct TableFamily: Sendable {
  let function: ElementwiseFunction
  /// That of the function's values.
  let scale: LevelScale
  /// The real sums that tables reach over.
  let range: ClosedRange<Double>
  /// The place of the real sum 0.
  let middle: Int
  /// Sizes are multiples of this.
  let grid: Int
  /// Whether sizes whose tables have equal steps share them.
  let isSharing: Bool

  /// The family for a layer's real sums in `sums`.
  init(
    _ function: ElementwiseFunction, _ scale: LevelScale, sums: ClosedRange<Double>,
    settings: QuantisationSettings
  ) {
    (self.function, self.scale) = (function, scale)
    (grid, isSharing) = (4 / settings.tables, settings.isCompensating)
    range = Quantisation.activeRange(sums, function) { scale.level($0) }
    middle = Int((-255 * range.lowerBound / (range.upperBound - range.lowerBound)).rounded())
  }

  /// What a step of the sum of size `n` is in real numbers.
  static func size(_ n: Int) -> Double { Quantisation.exp2(Double(n) / 4) }

  /// Bits that a sum is shifted to the right.
  func shift(_ n: Int) -> Int {
    var shift = 0
    while Self.size(n) * Double(255 << shift) < range.upperBound - range.lowerBound, shift < 15 {
      shift += 1
    }
    return shift
  }

  /// Whether units can have size `n`.
  func contains(_ n: Int) -> Bool {
    n % grid == 0 && (!isSharing || shift(n) <= QuantisedNetwork.largestShift)
  }

  /// What is added to a sum so that 0 is at ``middle``.
  func center(_ n: Int) -> Int { middle << shift(n) }

  /// The table, each value taken in the middle of the sums that its place stands for, or of the place.
  func activation(_ n: Int) -> IntegerNetwork.Activation {
    let shift = shift(n)
    let step = Self.size(n) * Double(1 << shift)
    let sums = isSharing && shift > 0 ? .infinity : Double(1 << shift)
    let within = 0.5 - 0.5 / sums
    return IntegerNetwork.Activation(
      shift: shift,
      table: (0..<256).map { place in
        UInt8(scale.level(function((Double(place - middle) + within) * step)))
      })
  }
}
