internal import QHostGraphs
internal import QHostInterfaces

/// Functions of single numbers that are not operators of our graphs, in terms of those that are.
extension NetworkBuilder {
  /// Appends nodes for a function, one after another.
  struct FunctionWriter {
    var builder: NetworkBuilder
    let node: ONNXModel.Node
    private var count = 0

    init(_ builder: NetworkBuilder, _ node: ONNXModel.Node) {
      (self.builder, self.node) = (builder, node)
    }

    /// An attribute of the node.
    func real(_ name: String, _ standard: Float) -> Float {
      NetworkBuilder.real(node, name, default: standard)
    }

    /// A real as an operand.
    mutating func number(_ value: Float) -> String { builder.number(value, node) }

    /// A node within the function.
    mutating func apply(
      _ operation: String, _ operands: String...
    ) throws(ComponentError) -> String {
      count += 1
      return try builder.emit(node, operation, operands, as: "\(count)")
    }

    /// max(x, 0) + slope · (exp(min(x, 0) / width) − 1).
    mutating func exponential(
      _ x: String, slope: Float, width: Float
    ) throws(ComponentError) -> String {
      var below = try apply("Min", x, number(0))
      if width != 1 { below = try apply("Div", below, number(width)) }
      below = try apply("Sub", try apply("Exp", below), number(1))
      if slope != 1 { below = try apply("Mul", below, number(slope)) }
      return try apply("Add", try apply("Relu", x), below)
    }

    /// log(1 + exp(x)) = max(x, 0) + log(1 + exp(−|x|)), which does not overflow.
    mutating func softplus(_ x: String) throws(ComponentError) -> String {
      let small = try apply("Exp", try apply("Neg", try apply("Abs", x)))
      let rest = try apply("Log", try apply("Add", small, number(1)))
      return try apply("Add", try apply("Relu", x), rest)
    }

    /// The function's value.
    mutating func function(_ x: String) throws(ComponentError) -> String {
      switch node.title {
      case "LeakyRelu":
        let slope = real("alpha", 0.01)
        return try apply(slope <= 1 ? "Max" : "Min", x, try apply("Mul", x, number(slope)))
      case "PRelu":
        let slope = builder.use(try builder.needed(node, 1))
        let below = try apply("Mul", try apply("Min", x, number(0)), slope)
        return try apply("Add", try apply("Relu", x), below)
      case "Elu": return try exponential(x, slope: real("alpha", 1), width: 1)
      case "Celu": return try exponential(x, slope: real("alpha", 1), width: real("alpha", 1))
      case "Selu":
        let inner = try exponential(x, slope: real("alpha", 1.673_263_2), width: 1)
        return try apply("Mul", inner, number(real("gamma", 1.050_701)))
      case "Softplus": return try softplus(x)
      case "Mish": return try apply("Mul", x, try apply("Tanh", try softplus(x)))
      case "Swish":
        return try apply(
          "Mul", x, try apply("Sigmoid", try apply("Mul", x, number(real("alpha", 1)))))
      case "Softsign": return try apply("Div", x, try apply("Add", try apply("Abs", x), number(1)))
      case "HardSigmoid": return try line(x, slope: real("alpha", 0.2), shift: real("beta", 0.5))
      case "HardSwish": return try apply("Mul", x, try line(x, slope: 1 / 6, shift: 0.5))
      case "Gelu": return try normal(x)
      case "Reciprocal": return try apply("Div", number(1), x)
      default: return try power(x)
      }
    }

    /// slope · x + shift, between 0 and 1.
    private mutating func line(
      _ x: String, slope: Float, shift: Float
    ) throws(ComponentError) -> String {
      let line = try apply("Add", try apply("Mul", x, number(slope)), number(shift))
      return try apply("Clip", line, number(0), number(1))
    }

    /// x Φ(x), or its approximation by tanh.
    private mutating func normal(_ x: String) throws(ComponentError) -> String {
      var inner: String
      if node.attributes["approximate"] == .text("tanh") {
        let cube = try apply("Mul", try apply("Mul", x, x), x)
        let sum = try apply("Add", x, try apply("Mul", cube, number(0.044_715)))
        inner = try apply("Tanh", try apply("Mul", sum, number(0.797_884_6)))
      } else {
        inner = try apply("Erf", try apply("Mul", x, number(Float(0.5).squareRoot())))
      }
      let half = try apply("Mul", x, number(0.5))
      inner = try apply("Add", inner, number(1))
      return try apply("Mul", half, inner)
    }

    private mutating func power(_ x: String) throws(ComponentError) -> String {
      switch try builder.reals(node, 1) {
      case [2]: return try apply("Mul", x, x)
      case [3]: return try apply("Mul", try apply("Mul", x, x), x)
      case [0.5]: return try apply("Sqrt", x)
      case let others:
        throw .unsupported(
          "node '\(node.name)' (Pow) has the exponents \(others.prefix(3)); 2, 3 and 0.5 are read")
      }
    }
  }

  /// Functions by their operators.
  static let functions: Set = [
    "LeakyRelu", "PRelu", "Elu", "Celu", "Selu", "Softplus", "Mish", "Swish", "Softsign",
    "HardSigmoid", "HardSwish", "Gelu", "Reciprocal", "Pow",
  ]

  mutating func convertFunction(_ node: ONNXModel.Node) throws(ComponentError) {
    try refuseAttributes(node, besides: ["alpha", "beta", "gamma", "approximate"])
    var writer = FunctionWriter(self, node)
    let result = try writer.function(try value(node, 0))
    self = writer.builder
    // The last node's output is the file's.
    guard var last = nodes.last, last.outputs == [result], let output = node.outputs.first else {
      return alias(node.outputs.first ?? "", of: result)
    }
    last.name = node.name
    last.outputs = [output]
    try replaceLast(by: last)
  }
}
