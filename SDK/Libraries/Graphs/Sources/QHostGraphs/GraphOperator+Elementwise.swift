internal import Glibc
internal import QHostInterfaces

/// Operators that work on single numbers.
extension GraphOperator {
  func elementwise() throws(ComponentError) -> GraphValue {
    switch node.operation {
    case "Identity": return try operand(0)
    case "Tanh": return try mapped { tanh($0) }
    case "Relu": return try mapped { max($0, 0) }
    case "Sigmoid": return try mapped { 1 / (1 + exp(-$0)) }
    case "Sin": return try mapped { sin($0) }
    case "Cos": return try mapped { cos($0) }
    case "Exp": return try mapped { exp($0) }
    case "Log": return try mapped { log($0) }
    case "Sqrt": return try mapped { $0.squareRoot() }
    case "Erf": return try mapped { erf($0) }
    case "Abs": return try mapped { abs($0) }
    case "Neg": return try mapped { -$0 }
    case "Floor": return try mapped { $0.rounded(.down) }
    case "Round": return try mapped { $0.rounded(.toNearestOrEven) }
    case "Add": return try folded(+)
    case "Sub": return try folded(-)
    case "Mul": return try folded(*)
    case "Div": return try divided()
    case "Min": return try folded { min($0, $1) }
    case "Max": return try folded { max($0, $1) }
    case "Greater": return try compared { $0 > $1 }
    case "Less": return try compared { $0 < $1 }
    case "GreaterOrEqual": return try compared { $0 >= $1 }
    case "LessOrEqual": return try compared { $0 <= $1 }
    case "Where": return try chosen()
    case "Clip": return try clipped()
    case "Cast": return try cast()
    default:
      throw .unsupported("operator \(node.operation) (node '\(node.name)') is not known")
    }
  }

  private func mapped(_ body: (Double) -> Double) throws(ComponentError) -> GraphValue {
    let value = try operand(0)
    return GraphValue(value.type, value.shape, value.numbers.map(body))
  }

  /// From left to right over all operands.
  private func folded(_ body: (Double, Double) -> Double) throws(ComponentError) -> GraphValue {
    var result = try operand(0)
    for other in operands.dropFirst() { result = try paired(result, other, result.type, body) }
    return result
  }

  private func compared(_ body: (Double, Double) -> Bool) throws(ComponentError) -> GraphValue {
    try paired(try operand(0), try operand(1), .bool) { body($0, $1) ? 1 : 0 }
  }

  private func divided() throws(ComponentError) -> GraphValue {
    let (above, below) = (try operand(0), try operand(1))
    if above.type == .float { return try paired(above, below, .float, /) }
    guard !below.numbers.contains(0) else { throw data("divides an integer by 0") }
    return try paired(above, below, above.type) { ($0 / $1).rounded(.towardZero) }
  }

  private func chosen() throws(ComponentError) -> GraphValue {
    let (condition, yes, no) = (try operand(0), try operand(1), try operand(2))
    guard yes.type == no.type else { throw data("takes numbers of two types") }
    let shape = try common(try common(condition.shape, yes.shape), no.shape)
    let (first, second) = (yes.spread(over: shape), no.spread(over: shape))
    let conditions = condition.spread(over: shape)
    return GraphValue(
      yes.type, shape, conditions.indices.map { conditions[$0] != 0 ? first[$0] : second[$0] })
  }

  private func clipped() throws(ComponentError) -> GraphValue {
    let (low, high) = (try operand(1), try operand(2))
    guard low.numbers.count == 1, high.numbers.count == 1 else {
      throw data("has bounds that are not single numbers")
    }
    return try mapped { min(max($0, low.numbers[0]), high.numbers[0]) }
  }

  private func cast() throws(ComponentError) -> GraphValue {
    let value = try operand(0)
    let number = try integers("to", default: nil).first ?? 0
    guard let type = GraphValue.ElementType(rawValue: number) else {
      throw unsupported("makes numbers of ONNX's type \(number), which is not known")
    }
    return GraphValue(type, value.shape, value.numbers)
  }

  private func paired(
    _ a: GraphValue, _ b: GraphValue, _ type: GraphValue.ElementType,
    _ body: (Double, Double) -> Double
  ) throws(ComponentError) -> GraphValue {
    guard a.type == b.type else {
      throw data("takes numbers of two types, \(a.type) and \(b.type)")
    }
    let shape = try common(a.shape, b.shape)
    let (first, second) = (a.spread(over: shape), b.spread(over: shape))
    return GraphValue(type, shape, zip(first, second).map(body))
  }

  /// The shape that two broadcast to.
  private func common(_ a: [Int], _ b: [Int]) throws(ComponentError) -> [Int] {
    let rank = max(a.count, b.count)
    let first = Array(repeating: 1, count: rank - a.count) + a
    let second = Array(repeating: 1, count: rank - b.count) + b
    guard zip(first, second).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
      throw data("takes shapes that do not go together, \(Shape(a)) and \(Shape(b))")
    }
    let shape = zip(first, second).map { $0 == 1 ? $1 : $0 }
    _ = try count(shape)
    return shape
  }
}
