internal import QHostInterfaces

/// The operators that are read.
extension NetworkBuilder {
  /// All of them.
  static let operators = kept.union(functions).union(quantizing).union(shapes).union(layers)

  /// Operators that are kept as they are.
  private static let kept: Set = [
    "Identity", "Tanh", "Relu", "Sigmoid", "Sin", "Cos", "Exp", "Log", "Sqrt", "Erf", "Abs", "Neg",
    "Floor", "Round", "Add", "Sub", "Mul", "Div", "Min", "Max", "Greater", "Less",
    "GreaterOrEqual", "LessOrEqual", "Where", "MatMulInteger",
  ]

  /// What changes shapes or passes on.
  private static let shapes: Set = [
    "Constant", "Dropout", "Cast", "Shape", "Flatten", "Reshape", "Squeeze", "Unsqueeze",
    "Transpose", "Gather", "Concat", "Slice",
  ]

  private static let layers: Set = [
    "Gemm", "MatMul", "Conv", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool",
    "ReduceMean", "ReduceMax", "BatchNormalization", "Clip", "ai.onnx.ml.LinearClassifier",
    "ai.onnx.ml.LinearRegressor", "ai.onnx.ml.Scaler",
  ]

  /// Makes nodes of one of the file's.
  mutating func apply(_ node: ONNXModel.Node) throws(ComponentError) {
    if Self.kept.contains(node.title) { return try keep(node, []) }
    if Self.functions.contains(node.title) { return try convertFunction(node) }
    if Self.quantizing.contains(node.title) { return try applyQuantized(node) }
    if Self.shapes.contains(node.title) { return try applyShape(node) }
    try applyLayer(node)
  }

  private mutating func applyShape(_ node: ONNXModel.Node) throws(ComponentError) {
    switch node.title {
    case "Constant": try convertConstant(node)
    case "Dropout": alias(node.outputs.first ?? "", of: node.inputs.first ?? "")
    case "Cast": try convertCast(node)
    case "Shape": try convertShape(node)
    case "Flatten": try convertFlatten(node)
    case "Reshape": try convertReshape(node)
    case "Squeeze": try convertSqueeze(node)
    case "Unsqueeze": try convertUnsqueeze(node)
    case "Transpose": try convertTranspose(node)
    case "Gather": try keep(node, ["axis"])
    default:
      throw .unsupported(
        "operator \(node.title) (node '\(node.name)') is read of shapes and constants only; export a network "
          + "without it")
    }
  }

  private mutating func applyLayer(_ node: ONNXModel.Node) throws(ComponentError) {
    switch node.title {
    case "Gemm": try convertGemm(node)
    case "MatMul": try convertMatMul(node)
    case "Conv": try convertConv(node)
    case "MaxPool", "AveragePool": try convertPool(node)
    case "GlobalAveragePool": try convertGlobalPool(node, "AveragePool")
    case "GlobalMaxPool": try convertGlobalPool(node, "MaxPool")
    case "ReduceMean": try convertReduction(node, "AveragePool")
    case "ReduceMax": try convertReduction(node, "MaxPool")
    case "BatchNormalization": try convertNormalization(node)
    case "Clip": try convertClip(node)
    case "ai.onnx.ml.LinearClassifier", "ai.onnx.ml.LinearRegressor": try convertLinear(node)
    case "ai.onnx.ml.Scaler": try convertScaler(node)
    default: throw Self.unread(node)
    }
  }
}
