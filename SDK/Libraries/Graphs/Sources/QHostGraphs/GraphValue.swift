public import QHostInterfaces

/// What a name of a graph stands for while the graph is evaluated: numbers in a shape.
///
/// Numbers are kept in double precision, which holds every number of the types below 2⁵³; those of
/// type `float` are rounded to single precision after each operator.
public struct GraphValue: Sendable, Equatable {
  /// The types of elements, with ONNX's numbers.
  public enum ElementType: Int, Sendable {
    /// 32-bit reals.
    case float = 1
    /// 0 to 255.
    case uint8 = 2
    /// −128 to 127.
    case int8 = 3
    /// 32-bit integers.
    case int32 = 6
    /// 64-bit integers.
    case int64 = 7
    /// 0 or 1.
    case bool = 9
  }

  /// The type of its elements.
  public let type: ElementType
  /// Its extents, of the batch too; none for a scalar.
  public let shape: [Int]
  /// Its numbers, row-major.
  public let numbers: [Double]

  /// Makes a value, whose numbers are brought to the type: reals rounded, integers wrapped around.
  init(_ type: ElementType, _ shape: [Int], _ numbers: [Double]) {
    self.type = type
    self.shape = shape
    self.numbers =
      switch type {
      case .float: numbers.map { Double(Float($0)) }
      case .uint8: numbers.map { Double(UInt8(truncatingIfNeeded: Self.whole($0))) }
      case .int8: numbers.map { Double(Int8(truncatingIfNeeded: Self.whole($0))) }
      case .int32: numbers.map { Double(Int32(truncatingIfNeeded: Self.whole($0))) }
      case .int64: numbers.map { Double(Self.whole($0)) }
      case .bool: numbers.map { $0 != 0 ? 1 : 0 }
      }
  }

  /// The value of rows.
  ///
  /// - Parameters:
  ///   - rows: row-major.
  ///   - shape: the extents, of the batch too; their product is the number of rows' numbers.
  public init(rows: [Float], shape: [Int]) {
    precondition(rows.count == shape.reduce(1, *), "\(rows.count) numbers in shape \(shape)")
    type = .float
    self.shape = shape
    numbers = rows.map(Double.init)
  }

  /// The value of a constant.
  public init(_ constant: Graph.Constant) {
    shape = constant.shape.extents
    switch constant.elements {
    case .float(let values): (type, numbers) = (.float, values.map(Double.init))
    case .int8(let values): (type, numbers) = (.int8, values.map(Double.init))
    case .int32(let values): (type, numbers) = (.int32, values.map(Double.init))
    case .int64(let values): (type, numbers) = (.int64, values.map(Double.init))
    }
  }

  /// The nearest 64-bit integer towards zero; 0 for NaN.
  static func whole(_ number: Double) -> Int64 {
    guard number == number else { return 0 }
    return Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }

  /// Its numbers repeated along extents of 1 so that they fill a shape that it broadcasts to.
  func spread(over wide: [Int]) -> [Double] {
    if shape == wide { return numbers }
    let count = wide.reduce(1, *)
    if numbers.count == 1 { return Array(repeating: numbers[0], count: count) }
    let own = Array(repeating: 1, count: wide.count - shape.count) + shape
    let varying = own.drop { $0 == 1 }
    if varying.elementsEqual(wide.suffix(varying.count)) {
      return (0..<count / max(numbers.count, 1)).flatMap { _ in numbers }
    }
    return (0..<count).map { place in
      var (rest, source, stride) = (place, 0, 1)
      for axis in wide.indices.reversed() {
        if own[axis] > 1 { source += rest % wide[axis] * stride }
        stride *= own[axis]
        rest /= wide[axis]
      }
      return numbers[source]
    }
  }
}
