public import QHostInterfaces

/// A trained network that another program wrote as an ONNX file.
///
/// Its graph has the operators of our own models, in their forms: Gemm with transB = 1 where the file has MatMul and
/// Add or another Gemm, biases of one extent, windows with their pads. What makes probabilities and class names
/// of the last layer's outputs (Softmax, ArgMax, ZipMap and what follows them) is left out: the class is the
/// largest output all the same.
public struct ONNXNetwork: Sendable {
  /// The versions of ONNX's operators that are read.
  public static let operatorSets = 9...28
  /// The versions of the file's form that are read.
  public static let versions = 3...14

  /// The network.
  public let graph: Graph
  /// What was left out, in the file's order, for example `Softmax (node 'probabilities')`.
  public let leftOut: [String]
  /// The classes in the order of the outputs, as what was left out names them; empty: it does not.
  public let labels: [String]

  /// Whether only the order of the outputs matters, because what was left out picks the largest one.
  public var isClassifier: Bool { !leftOut.isEmpty }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: what is in it.
  ///   - file: what messages call it.
  /// - Throws: kind `data` where it is damaged, severity `unsupported` for operators and forms that are not read;
  ///   with the file, and the node, initializer or input.
  public init(decoding bytes: [UInt8], file: String) throws(ComponentError) {
    do throws(ComponentError) {
      let model = try ONNXModel(decoding: bytes)
      try Self.check(model)
      let tail = try NetworkTail(model)
      var builder = NetworkBuilder(model, tail)
      graph = try builder.network()
      leftOut = tail.leftOut.map { "\($0.title) (node '\($0.name)')" }
      labels = tail.labels
    } catch var error {
      error.message = "'\(file)': \(error.message)"
      throw error
    }
  }

  private static func check(_ model: ONNXModel) throws(ComponentError) {
    guard versions.contains(model.version) else {
      throw .unsupported(
        "it is of IR version \(model.version), and versions \(versions.lowerBound) to "
          + "\(versions.upperBound) are read; export it as one of these")
    }
    guard let set = model.operatorSets[""] else {
      throw .data("it is cut off, or no ONNX file: it names no version of ONNX's operators")
    }
    guard operatorSets.contains(set) else {
      throw .unsupported(
        "it is of operator set \(set), and sets \(operatorSets.lowerBound) to "
          + "\(operatorSets.upperBound) are read; export it as one of these")
    }
    guard !model.hasSparseInitializers else {
      throw .unsupported("it has sparse initializers, which are not read; export it without")
    }
    var known: Set<String> = []
    for name in model.initializers.map(\.name) + model.nodes.flatMap(\.outputs)
    where !name.isEmpty && !known.insert(name).inserted {
      throw .data("value '\(name)' is given twice; the file is damaged")
    }
  }
}
