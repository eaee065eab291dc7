internal import QHostInterfaces

extension Elementwise {
  /// The bounds of a real result.
  func realBounds(_ operands: [Bounds]) -> Bounds {
    let ranges = operands.map(\.reals)
    let (low, high) = (ranges[0].lowerBound, ranges[0].upperBound)
    switch self {
    case .identity: return operands[0]
    case .tanh, .sine, .cosine, .errorFunction: return .real(-1...1)
    case .sigmoid: return .real(0...1)
    case .relu: return .real(max(low, 0)...max(high, 0))
    case .exponential, .squareRoot, .absolute: return .real(0...Float.infinity)
    case .negative: return .real(-high ... -low)
    case .floor: return .real(low.rounded(.down)...high.rounded(.down))
    case .round:
      return .real(low.rounded(.toNearestOrEven)...high.rounded(.toNearestOrEven))
    case .minimum:
      return .real(min(low, ranges[1].lowerBound)...min(high, ranges[1].upperBound))
    case .maximum:
      return .real(max(low, ranges[1].lowerBound)...max(high, ranges[1].upperBound))
    case .select:
      let (first, second) = (ranges[1], ranges[2])
      return .real(
        min(first.lowerBound, second.lowerBound)...max(first.upperBound, second.upperBound))
    default: return .anyReal
    }
  }

  /// The range of a whole result of operands in ranges; `nil` where it divides by 0.
  func wholeRange(_ ranges: [ClosedRange<Int>]) -> ClosedRange<Int>? {
    let first = ranges[0]
    let second = ranges.count > 1 ? ranges[1] : 0...0
    let pairs = [first.lowerBound, first.upperBound].flatMap { a in
      [second.lowerBound, second.upperBound].map { (a, $0) }
    }
    func span(_ numbers: [Int]) -> ClosedRange<Int> {
      (numbers.min() ?? 0)...(numbers.max() ?? 0)
    }
    switch self {
    case .add: return span(pairs.map { $0 + $1 })
    case .subtract: return span(pairs.map { $0 - $1 })
    case .multiply: return span(pairs.map { $0 * $1 })
    case .divide:
      guard !second.contains(0) else { return nil }
      return span(pairs.map { $0 / $1 })
    case .minimum: return span(pairs.map { min($0, $1) })
    case .maximum: return span(pairs.map { max($0, $1) })
    case .negative: return -first.upperBound ... -first.lowerBound
    case .relu: return max(first.lowerBound, 0)...max(first.upperBound, 0)
    case .absolute:
      let most = max(abs(first.lowerBound), abs(first.upperBound))
      return (first.contains(0) ? 0 : min(abs(first.lowerBound), abs(first.upperBound)))...most
    case .select:
      return span([
        second.lowerBound, second.upperBound, ranges[2].lowerBound, ranges[2].upperBound,
      ])
    default: return isComparison ? comparison(first, second) : first
    }
  }

  /// 0 or 1 where ranges decide a comparison.
  private func comparison(_ first: ClosedRange<Int>, _ second: ClosedRange<Int>) -> ClosedRange<Int>
  {
    let (always, never) =
      switch self {
      case .greater:
        (first.lowerBound > second.upperBound, first.upperBound <= second.lowerBound)
      case .less: (first.upperBound < second.lowerBound, first.lowerBound >= second.upperBound)
      case .greaterOrEqual:
        (first.lowerBound >= second.upperBound, first.upperBound < second.lowerBound)
      default: (first.upperBound <= second.lowerBound, first.lowerBound > second.upperBound)
      }
    return (always ? 1 : 0)...(never ? 0 : 1)
  }
}

extension GraphReader {
  /// The bounds of a whole result, element by element where an operand's are.
  ///
  /// - Throws: where it divides by 0, or may leave the type.
  func wholeBounds(
    _ operation: Elementwise, _ operands: [Value], _ shape: [Int], _ type: ElementType,
    _ role: String
  ) throws(ComponentError) -> Bounds {
    let isUniform = operands.allSatisfy { $0.bounds.ranges.count == 1 }
    let runs = operands.map { Broadcast.runs(operand: $0.shape, result: shape) }
    let lists = operands.map(\.bounds.ranges)
    var result: [ClosedRange<Int>] = []
    for place in 0..<(isUniform ? 1 : shape.reduce(1, *)) {
      let ranges = lists.indices.map { index in
        lists[index].count == 1
          ? lists[index][0]
          : lists[index][
            runs[index].reduce(0) { $0 + place / $1.inner % $1.extent * $1.operandStride }]
      }
      guard let range = operation.wholeRange(ranges) else {
        throw .unsupported("\(role) divides by what may be 0; use another model")
      }
      try check(range, type, role)
      result.append(range)
    }
    return .whole(result)
  }
}
