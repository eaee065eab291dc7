public import QHostInterfaces
internal import QHostONNX

/// Writes networks as ONNX files of operator set 17.
///
/// The file has the nodes and constants of the model's graph, one to one; a network of integers may be
/// brought to the form that runtimes fuse, with the same integers in it (see ``QuantizedForm``). There is
/// nothing here that runs a file, and no `execute`.
public final class ONNXTarget: TargetComponent {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "onnx",
    summary: "An ONNX file, operator set 17, for ONNX Runtime and other programs.",
    source: "ONNX, Open Neural Network Exchange, operator schemas of set 17 (2022)",
    parameters: [
      .choice(
        "form", default: "exact",
        of: [
          .init("exact", "The operators of the model's graph, one to one."),
          .init("qdq", "QuantizeLinear and DequantizeLinear around Gemm, of integers only."),
        ],
        "How a network of integers is written; both have the same outputs."),
      .text("title", default: "network", "What the file calls the model."),
      .choice(
        "inputs", default: "raw",
        of: [
          .init("raw", "Rows of the dataset's own numbers: the scaling is in the file."),
          .init("scaled", "Rows that are scaled as in the training."),
        ], "What the file takes, and what it gives where numbers are learnt."),
      .text(
        "columns", default: "", "The names of the inputs, one a line; empty: the dataset's."),
      .text(
        "outputs", default: "",
        "The names of the outputs or classes, one a line; empty: the dataset's."),
    ])

  private let configuration: Configuration
  private let host: any HostServices

  /// Makes the target.
  public init(request: ComponentRequest) throws(ComponentError) {
    configuration = request.configuration
    host = request.host
  }

  /// Writes a network as `model.onnx`.
  ///
  /// - Throws: kind `data` for weights that are not finite, severity `unsupported` for a network of real
  ///   numbers in form `qdq`, or weights that are too large for it.
  public func compile(
    _ graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> CompiledModel {
    try Self.check(graph)
    let isRaw = configuration.choice("inputs") == "raw"
    var written = graph
    if configuration.choice("form") == "qdq" {
      var form = try QuantizedForm(graph)
      written = try form.graph()
    }
    // What no node takes is for targets that learn on.
    let taken = Set(written.nodes.flatMap(\.inputs))
    written.constants.removeAll { !taken.contains($0.name) }
    warnOfSaturation(written)
    var model = ONNXModel(written, name: configuration.text("title"))
    if configuration.choice("form") == "qdq" { model.giveZeroPoints() }
    model.producer = "qhost"
    model.producerVersion = "0.1.0"
    model.documentation =
      "Maps rows of \(graph.inputShape) real numbers, \(isRaw ? "as the dataset has them" : "scaled as in the training"), "
      + "to \(graph.outputShape) outputs, the largest of which is the class of a classifier."
    model.metadata = ["qhost.form": configuration.choice("form")]
    for name in ["columns", "outputs"] where !configuration.text(name).isEmpty {
      model.metadata["qhost.\(name)"] = configuration.text(name)
    }
    let bytes = model.encoded
    var result = CompiledModel()
    result.artifacts = [CompiledModel.Artifact(name: "model.onnx", bytes: bytes)]
    result.figures = [
      CompiledModel.Figure(name: "bytes", value: Double(bytes.count), unit: "B"),
      CompiledModel.Figure(name: "nodes", value: Double(written.nodes.count), unit: ""),
      CompiledModel.Figure(
        name: "constants", value: Double(written.constants.reduce(0) { $0 + $1.elements.count }),
        unit: ""),
    ]
    return result
  }

  /// Refuses weights that are not finite.
  private static func check(_ graph: Graph) throws(ComponentError) {
    for constant in graph.constants {
      guard case .float(let numbers) = constant.elements,
        let place = numbers.firstIndex(where: { !$0.isFinite })
      else { continue }
      throw .data(
        "constant '\(constant.name)' of the model is \(numbers[place]) at \(place); train it again")
    }
  }

  /// Processors without dot products of bytes add pairs of products in 16 bits, which saturate.
  private func warnOfSaturation(_ graph: Graph) {
    var (level, weight) = (0.0, 0.0)
    let constants = Dictionary(graph.constants.map { ($0.name, $0) }) { first, _ in first }
    for node in graph.nodes where node.operation == "Clip" {
      guard case .float(let bound)? = node.inputs.last.flatMap({ constants[$0] })?.elements else {
        continue
      }
      level = max(level, Double(bound.first ?? 0))
    }
    for constant in graph.constants {
      guard case .int8(let numbers) = constant.elements else { continue }
      let largest = numbers.reduce(0.0) { max($0, abs(Double($1))) }
      if constant.shape.extents.count == 2 {
        weight = max(weight, largest)
      } else {
        level = max(level, largest)
      }
    }
    guard 2 * level * weight > Double(Int16.max) else { return }
    host.log(
      .warning,
      "two products of levels up to \(Int(level)) and weights up to \(Int(weight)) may exceed 16 bits, where "
        + "ONNX Runtime saturates on x86 processors without VNNI; use fewer bits or levels for those"
    )
  }
}
