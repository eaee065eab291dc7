/// The C of one step on single elements.
///
/// It is right where `int` has 16 bits as well: sums that may be larger are made in a type that holds them,
/// and what may wrap around is unsigned.
enum Expression {
  /// A real result.
  static func real(_ operation: Elementwise, _ operands: [Operand], _ bounds: Bounds) -> String {
    let a = operands[0].text
    let b = operands.count > 1 ? operands[1].text : ""
    switch operation {
    case .tanh: return "tanhf(\(a))"
    case .sine: return "sinf(\(a))"
    case .cosine: return "cosf(\(a))"
    case .exponential: return "expf(\(a))"
    case .logarithm: return "logf(\(a))"
    case .squareRoot: return "sqrtf(\(a))"
    case .errorFunction: return "erff(\(a))"
    case .absolute: return "fabsf(\(a))"
    case .sigmoid: return "1.0f / (1.0f + expf(-\(a)))"
    case .relu: return "\(a) < 0.0f ? 0.0f : \(a)"
    case .negative: return "-\(a)"
    case .floor: return floor(a, bounds.reals)
    // To the nearest, halves to even, which is how C's programs begin.
    case .round: return "rintf(\(a))"
    case .add: return "\(a) + \(b)"
    case .subtract: return "\(a) - \(b)"
    case .multiply: return "\(a) * \(b)"
    case .divide: return "\(a) / \(b)"
    case .minimum: return "\(a) < \(b) ? \(a) : \(b)"
    case .maximum: return "\(a) > \(b) ? \(a) : \(b)"
    case .select: return "\(a) ? \(b) : \(operands[2].text)"
    case .cast: return "(float)\(a)"
    // Comparisons are whole, and what Gather takes from is the caller's.
    case .identity, .gather, .greater, .less, .greaterOrEqual, .lessOrEqual: return a
    }
  }

  /// Rounded down: a conversion does it where the number is known to be small and not negative.
  private static func floor(_ a: String, _ range: ClosedRange<Float>) -> String {
    guard range.lowerBound >= 0, range.upperBound < 0x1p31 else { return "floorf(\(a))" }
    let type = CType.holding(0...Int(range.upperBound))
    return "(float)(\(type.rawValue))\(a)"
  }

  /// A whole result of a type.
  static func whole(
    _ operation: Elementwise, _ operands: [Operand], _ type: CType, isWrapped: Bool
  ) -> String {
    let first = operands[0]
    let a = first.text
    switch operation {
    case .add: return sum("+", operands, type, isWrapped)
    case .subtract: return sum("-", operands, type, isWrapped)
    case .multiply: return sum("*", operands, type, isWrapped)
    case .divide:
      let common = common(operands)
      return cast(
        type, "\(operands[0].converted(to: common)) / \(operands[1].converted(to: common))")
    case .minimum, .maximum: return extreme(operation, operands, type)
    case .relu: return extreme(.maximum, [first, zero], type)
    case .negative: return cast(type, "-\(first.converted(to: type == .int32 ? .int32 : .int16))")
    case .absolute:
      let wide = first.converted(to: type == .int32 || type == .uint16 ? .int32 : .int16)
      return first.range.lowerBound >= 0
        ? cast(type, a) : cast(type, "\(a) < 0 ? -\(wide) : \(wide)")
    case .select:
      let (yes, no) = (operands[1].converted(to: type), operands[2].converted(to: type))
      return cast(type, "\(a) ? \(yes) : \(no)")
    case .greater: return comparison(">", operation, operands)
    case .less: return comparison("<", operation, operands)
    case .greaterOrEqual: return comparison(">=", operation, operands)
    case .lessOrEqual: return comparison("<=", operation, operands)
    case .cast: return "(\(type.rawValue))\(a)"
    default: return cast(type, a)
    }
  }

  private static let zero = Operand(text: "0", type: .uint8, range: 0...0, isLiteral: true)

  private static func cast(_ type: CType, _ text: String) -> String {
    "(\(type.rawValue))(\(text))"
  }

  /// The type in which operands compare as the numbers that they are.
  private static func common(_ operands: [Operand]) -> CType {
    let low = operands.map(\.range.lowerBound).min() ?? 0
    let type = CType.holding(low...max(low, operands.map(\.range.upperBound).max() ?? 0))
    return type.isPlain ? .int16 : type
  }

  private static func sum(
    _ sign: String, _ operands: [Operand], _ type: CType, _ isWrapped: Bool
  ) -> String {
    let (a, b) = (operands[0], operands[1])
    guard isWrapped || a.isWrapped || b.isWrapped else {
      return type.isPlain
        ? cast(type, "\(a.text) \(sign) \(b.text)")
        : cast(type, "(\(type.rawValue))\(a.text) \(sign) (\(type.rawValue))\(b.text)")
    }
    // 1u: the product of two uint16_t may be more than an int of 32 bits holds.
    let wide = type.wrapping
    let ones = sign == "*" && wide == .uint16 ? "1u * " : ""
    let text = cast(wide, "\(ones)(\(wide.rawValue))\(a.text) \(sign) (\(wide.rawValue))\(b.text)")
    return type == wide ? text : "(\(type.rawValue))\(text)"
  }

  private static func extreme(
    _ operation: Elementwise, _ operands: [Operand], _ type: CType
  ) -> String {
    let (a, b) = (operands[0], operands[1])
    let isLargest = operation == .maximum
    // What the ranges decide is not asked: compilers warn of it.
    if isLargest
      ? a.range.lowerBound >= b.range.upperBound : a.range.upperBound <= b.range.lowerBound
    {
      return cast(type, a.text)
    }
    if isLargest
      ? b.range.lowerBound >= a.range.upperBound : b.range.upperBound <= a.range.lowerBound
    {
      return cast(type, b.text)
    }
    let common = common(operands)
    let (left, right) = (a.converted(to: common), b.converted(to: common))
    return cast(type, "\(left) \(isLargest ? ">" : "<") \(right) ? \(left) : \(right)")
  }

  /// 1 or 0, of whole or real operands.
  static func comparison(
    _ sign: String, _ operation: Elementwise, _ operands: [Operand]
  ) -> String {
    guard operands[0].type != .float else {
      return "(uint8_t)(\(operands[0].text) \(sign) \(operands[1].text))"
    }
    let decided = operation.wholeRange(operands.map(\.range)) ?? 0...1
    guard decided == 0...1 else { return "\(decided.lowerBound)" }
    let common = common(operands)
    return
      "(uint8_t)(\(operands[0].converted(to: common)) \(sign) \(operands[1].converted(to: common)))"
  }
}
