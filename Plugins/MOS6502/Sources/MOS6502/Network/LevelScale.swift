/// The levels 0 … maximum that real values of a layer are rounded to: lowest + step · level.
struct LevelScale: Sendable {
  let lowest: Double
  let step: Double
  let maximum: Int

  init(_ range: ClosedRange<Double>, bits: Int) {
    maximum = 1 << bits - 1
    lowest = range.lowerBound
    let width = range.upperBound - range.lowerBound
    step = width > 0 ? width / Double(maximum) : 1
  }

  func level(_ value: Double) -> Int {
    min(max(Int(((value - lowest) / step).rounded()), 0), maximum)
  }
}
