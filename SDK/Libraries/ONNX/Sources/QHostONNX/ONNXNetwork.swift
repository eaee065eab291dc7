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
  public internal(set) var graph: Graph
  /// What was left out, in the file's order, for example `Softmax (node 'probabilities')`.
  public internal(set) var leftOut: [String]
  /// The classes in the order of the outputs, as what was left out names them; empty: it does not.
  public let labels: [String]

  /// Whether only the order of the outputs matters, because what was left out picks the largest one.
  public var isClassifier: Bool { !leftOut.isEmpty }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: what is in it.
  ///   - file: what messages call it.
  ///   - data: gives the bytes of a file in the model's folder, where numbers may lie (`NAME.onnx.data`), by its
  ///     path relative to that folder; `nil`: there is none.
  /// - Throws: kind `data` where it is damaged, severity `unsupported` for operators and forms that are not read;
  ///   with the file, and the node, initializer or input.
  public init(
    decoding bytes: [UInt8], file: String,
    data: ((String) throws(ComponentError) -> [UInt8])? = nil
  ) throws(ComponentError) {
    do throws(ComponentError) {
      var model = try ONNXModel(decoding: bytes)
      try Self.check(model)
      if let data { try model.readExternalData(data) }
      let tail: NetworkTail
      do throws(ComponentError) {
        tail = try NetworkTail(model)
      } catch {
        // An operator that is not read says more than what its outputs are.
        try Self.checkOperators(model, model.outputs.map(\.name))
        throw error
      }
      try Self.checkOperators(model, [tail.score])
      var builder = NetworkBuilder(model, tail)
      graph = try builder.network()
      leftOut = tail.leftOut.map { "\($0.title) (node '\($0.name)')" }
      labels = tail.labels
    } catch var error {
      error.message = "'\(file)': \(error.message)"
      throw error
    }
  }

  /// Names the first operator that is not read, before anything else is said of the file.
  private static func checkOperators(
    _ model: ONNXModel, _ outputs: [String]
  ) throws(ComponentError) {
    var wanted = Set(outputs)
    var unread: ONNXModel.Node?
    for node in model.nodes.reversed() where !wanted.isDisjoint(with: node.outputs) {
      wanted.formUnion(node.inputs)
      let isRead =
        NetworkBuilder.operators.contains(node.title) || NetworkTail.operators.contains(node.title)
      if !isRead { unread = node }
    }
    if let unread { throw NetworkBuilder.unread(unread) }
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
