/// How the elements of an operand go with those of a result, by ONNX's rules.
enum Broadcast {
  /// The shape of a result of operands; `nil` where they do not fit.
  static func shape(_ shapes: [[Int]]) -> [Int]? {
    let rank = shapes.map(\.count).max() ?? 0
    var result = [Int](repeating: 1, count: rank)
    for shape in shapes {
      for (place, extent) in shape.enumerated() where extent != 1 {
        let axis = rank - shape.count + place
        guard result[axis] == 1 || result[axis] == extent else { return nil }
        result[axis] = extent
      }
    }
    return result
  }

  /// A run of axes along which an operand goes with the result.
  struct Run {
    /// Elements of the result after which the run continues by one.
    var inner: Int
    /// The product of its extents.
    var extent: Int
    /// Elements of the operand after which it continues by one.
    var operandStride: Int
    /// Whether no axis before it is longer than 1.
    var isFirst: Bool
  }

  /// The runs of an operand, from the last axis on.
  static func runs(operand: [Int], result: [Int]) -> [Run] {
    let padded = Array(repeating: 1, count: result.count - operand.count) + operand
    var runs: [Run] = []
    var (inner, stride) = (1, 1)
    var isOpen = false
    for axis in result.indices.reversed() where result[axis] != 1 {
      if padded[axis] == 1 {
        isOpen = false
      } else if isOpen {
        runs[runs.count - 1].extent *= result[axis]
      } else {
        runs.append(
          Run(inner: inner, extent: result[axis], operandStride: stride, isFirst: false))
        isOpen = true
      }
      inner *= result[axis]
      stride *= padded[axis]
    }
    if let last = runs.last, last.inner * last.extent == inner {
      runs[runs.count - 1].isFirst = true
    }
    return runs
  }

  /// The place in an operand that goes with a place in the result.
  static func place(_ place: Int, operand: [Int], result: [Int]) -> Int {
    runs(operand: operand, result: result).reduce(0) {
      $0 + place / $1.inner % $1.extent * $1.operandStride
    }
  }
}
