/// Between which numbers a value is for any input: proved from the weights.
enum Bounds {
  /// Reals; infinite where nothing is known.
  case real(ClosedRange<Float>)
  /// Integers: one range for all elements, or one for each.
  case whole([ClosedRange<Int>])

  static let anyReal = Bounds.real(-Float.infinity...Float.infinity)

  /// The range of all elements of reals.
  var reals: ClosedRange<Float> {
    if case .real(let range) = self { return range }
    return Float(hull.lowerBound)...Float(hull.upperBound)
  }

  /// The ranges of integers.
  var ranges: [ClosedRange<Int>] {
    if case .whole(let ranges) = self { return ranges }
    return [Int.min...Int.max]
  }

  /// The range of all elements of integers.
  var hull: ClosedRange<Int> {
    let ranges = ranges
    let low = ranges.lazy.map(\.lowerBound).min() ?? 0
    return low...max(low, ranges.lazy.map(\.upperBound).max() ?? 0)
  }

  /// The range of one element of integers.
  func range(at place: Int) -> ClosedRange<Int> {
    let ranges = ranges
    return ranges.count == 1 ? ranges[0] : ranges[place]
  }
}
