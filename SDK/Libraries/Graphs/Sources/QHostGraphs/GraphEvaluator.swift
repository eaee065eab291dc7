public import QHostInterfaces

/// What a graph computes, by the definitions of ONNX's operators: the reference for what targets compute.
///
/// Sums of products are made in double precision and rounded to single precision at their end, so that the
/// result is the one that sums in any order come near to. Integers are exact.
public struct GraphEvaluator: Sendable {
  /// The graph.
  public let graph: Graph
  private let constants: GraphValues

  /// Prepares a graph.
  public init(_ graph: Graph) {
    self.graph = graph
    var constants = GraphValues()
    for constant in graph.constants { constants[constant.name] = GraphValue(constant) }
    self.constants = constants
  }

  /// Runs the graph.
  ///
  /// - Parameters:
  ///   - inputs: [N × F], row by row.
  ///   - rowCount: N.
  /// - Returns: [N × C], row by row.
  /// - Throws: for what the graph cannot do; see ``GraphValues/apply(_:)``.
  public func outputs(inputs: [Float], rowCount: Int) throws(ComponentError) -> [Float] {
    guard inputs.count == rowCount * graph.inputShape.count else {
      throw .data(
        "there are \(inputs.count) inputs for \(rowCount) rows, the graph takes "
          + "\(graph.inputShape.count) a row")
    }
    var values = constants
    values[graph.input] = GraphValue(rows: inputs, shape: [rowCount] + graph.inputShape.extents)
    for node in graph.nodes { try values.apply(node) }
    guard let output = values[graph.output] else {
      throw .data("the graph's output '\(graph.output)' is the output of none of its nodes")
    }
    guard output.numbers.count == rowCount * graph.outputShape.count else {
      throw .data(
        "the graph's output '\(graph.output)' is \(Shape(output.shape)), not \(rowCount) rows of "
          + "\(graph.outputShape)")
    }
    return output.numbers.map(Float.init)
  }
}
