internal import QHostInterfaces

/// One node with the values of its inputs.
///
/// The operators: `Identity`, `Tanh`, `Relu`, `Sigmoid`, `Sin`, `Cos`, `Exp`, `Log`, `Sqrt`, `Erf`, `Abs`, `Neg`, `Floor`,
/// `Round`, `Add`, `Sub`, `Mul`, `Div`, `Min`, `Max`, `Greater`, `Less`, `GreaterOrEqual`, `LessOrEqual`, `Where`, `Clip`,
/// `Cast`, `QuantizeLinear`, `DequantizeLinear`, `Flatten`, `Reshape`, `Transpose`, `Gather`, `Gemm`, `MatMulInteger`, `Conv`,
/// `MaxPool`, `AveragePool`.
struct GraphOperator {
  let node: Graph.Node
  let operands: [GraphValue]

  /// The most numbers that a value may have.
  private static let mostNumbers = 1 << 28

  func result() throws(ComponentError) -> GraphValue {
    switch node.operation {
    case "Flatten": return try flattened()
    case "Reshape": return try reshaped()
    case "Transpose": return try transposed()
    case "Gather": return try gathered()
    case "Gemm": return try product()
    case "MatMulInteger": return try integerProduct()
    case "Conv": return try convolution()
    case "MaxPool", "AveragePool": return try pooled()
    case "QuantizeLinear": return try quantized()
    case "DequantizeLinear": return try dequantized()
    default: return try elementwise()
    }
  }

  /// An operand; an error when the node has too few.
  func operand(_ place: Int) throws(ComponentError) -> GraphValue {
    guard place < operands.count else {
      throw data("has \(operands.count) inputs, too few")
    }
    return operands[place]
  }

  func data(_ what: String) -> ComponentError {
    .data("node '\(node.name)' (\(node.operation)) \(what)")
  }

  func unsupported(_ what: String) -> ComponentError {
    .unsupported("node '\(node.name)' (\(node.operation)) \(what)")
  }

  /// The value of an attribute of integers.
  func integers(_ name: String, default standard: [Int]?) throws(ComponentError) -> [Int] {
    switch node.attributes[name] {
    case .integers(let values): return values
    case nil:
      guard let standard else { throw data("has no attribute \(name)") }
      return standard
    default: throw data("has an attribute \(name) that is not of integers")
    }
  }

  /// The number of elements of a shape that is about to be made.
  func count(_ shape: [Int]) throws(ComponentError) -> Int {
    var count = 1
    for extent in shape {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !isTooLarge, product <= Self.mostNumbers else {
        throw data("would give a value of shape \(Shape(shape)), which is too large")
      }
      count = product
    }
    return count
  }
}
