internal import Glibc

/// A logarithmic axis of a drawing.
struct Axis {
  private let range: ClosedRange<Double>
  private let ends: (Double, Double)

  /// An axis that holds all values, with room at both ends.
  init(_ values: [Double], from first: Double, to last: Double) {
    let (low, high) = (max(values.min() ?? 1, 1), max(values.max() ?? 1, 1))
    range = log(low / 1.15)...log(high * 1.15)
    ends = (first, last)
  }

  /// Where a value lies.
  func place(_ value: Double) -> Double {
    let part = (log(max(value, 1)) - range.lowerBound) / (range.upperBound - range.lowerBound)
    return ends.0 + part * (ends.1 - ends.0)
  }

  /// Round values in the range: 1, 2 and 5 times powers of ten.
  var ticks: [Double] {
    (0...9).flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
      .filter { range.contains(log($0)) }
  }
}
