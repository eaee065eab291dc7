internal import QHostInterfaces

/// Operators that multiply matrices.
extension GraphOperator {
  /// A B or A Bᵀ, plus C.
  func product() throws(ComponentError) -> GraphValue {
    let (a, b) = (try operand(0), try operand(1))
    let isTransposed = try integers("transB", default: [0]) != [0]
    let others = Set(node.attributes.keys).subtracting(["transB"])
    guard others.isEmpty else { throw unsupported("has attributes \(others.sorted())") }
    guard a.shape.count == 2, b.shape.count == 2, a.shape[1] == b.shape[isTransposed ? 1 : 0] else {
      throw data("cannot multiply \(Shape(a.shape)) with \(Shape(b.shape))")
    }
    let units = b.shape[isTransposed ? 0 : 1]
    let bias = operands.count > 2 ? operands[2] : nil
    if let bias {
      guard bias.numbers.count == 1 || bias.shape.last == units && bias.numbers.count == units
      else { throw data("has a bias of shape \(Shape(bias.shape)) for \(units) units") }
    }
    let weights = isTransposed ? Self.transposed(b.numbers, units, a.shape[1]) : b.numbers
    let sums = try sums(a, weights, units, bias?.spread(over: [units]))
    return GraphValue(.float, [a.shape[0], units], sums)
  }

  func integerProduct() throws(ComponentError) -> GraphValue {
    let (a, b) = (try operand(0), try operand(1))
    guard operands.count == 2 else { throw unsupported("has zero points") }
    guard a.type == .uint8 || a.type == .int8, b.type == .uint8 || b.type == .int8 else {
      throw data("multiplies \(a.type) and \(b.type), not bytes")
    }
    guard a.shape.count == 2, b.shape.count == 2, a.shape[1] == b.shape[0] else {
      throw data("cannot multiply \(Shape(a.shape)) with \(Shape(b.shape))")
    }
    let sums = try sums(a, b.numbers, b.shape[1], nil)
    return GraphValue(.int32, [a.shape[0], b.shape[1]], sums)
  }

  static func transposed(_ numbers: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    var result = [Double](repeating: 0, count: numbers.count)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column * rows + row] = numbers[row * columns + column]
      }
    }
    return result
  }

  /// [rows × width] times weights [width × units], each row beginning with the bias.
  private func sums(
    _ a: GraphValue, _ weights: [Double], _ units: Int, _ bias: [Double]?
  ) throws(ComponentError) -> [Double] {
    let (rows, width) = (a.shape[0], a.shape[1])
    var sums = [Double](repeating: 0, count: try count([rows, units]))
    sums.withUnsafeMutableBufferPointer { sums in
      weights.withUnsafeBufferPointer { weights in
        for row in 0..<rows {
          let line = row * units
          if let bias { for unit in 0..<units { sums[line + unit] = bias[unit] } }
          for place in 0..<width {
            let value = a.numbers[row * width + place]
            for unit in 0..<units { sums[line + unit] += value * weights[place * units + unit] }
          }
        }
      }
    }
    return sums
  }
}
