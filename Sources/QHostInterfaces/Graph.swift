/// A trained network as a small graph of ONNX operators (operator set 17) with weights.
///
/// Nodes are in topological order; one input [N × ...], one output [N × C].
public struct Graph: Sendable, Equatable {
  /// The numbers of a constant.
  public enum Elements: Sendable, Equatable {
    /// 32-bit reals.
    case float([Float])
    /// 8-bit integers.
    case int8([Int8])
    /// 32-bit integers.
    case int32([Int32])
    /// 64-bit integers.
    case int64([Int64])

    /// How many there are.
    public var count: Int {
      switch self {
      case .float(let values): values.count
      case .int8(let values): values.count
      case .int32(let values): values.count
      case .int64(let values): values.count
      }
    }
  }

  /// A constant.
  public struct Constant: Sendable, Equatable {
    /// What nodes call it.
    public var name: String
    /// Its extents.
    public var shape: Shape
    /// Its numbers, row-major.
    public var elements: Elements

    /// Makes a constant.
    public init(name: String, shape: Shape, elements: Elements) {
      self.name = name
      self.shape = shape
      self.elements = elements
    }
  }

  /// The value of an attribute; a scalar is a list of one.
  public enum Attribute: Sendable, Equatable {
    /// Integers.
    case integers([Int])
    /// Reals.
    case reals([Double])
    /// Text.
    case text(String)
  }

  /// An operator applied to named values.
  public struct Node: Sendable, Equatable {
    /// What messages call it.
    public var name: String
    /// For example `Gemm`, `Tanh`, `Conv`.
    public var operation: String
    /// The names of its inputs.
    public var inputs: [String]
    /// The names of its outputs.
    public var outputs: [String]
    /// Its attributes by name.
    public var attributes: [String: Attribute]

    /// Makes a node.
    public init(
      name: String, operation: String, inputs: [String], outputs: [String],
      attributes: [String: Attribute] = [:]
    ) {
      self.name = name
      self.operation = operation
      self.inputs = inputs
      self.outputs = outputs
      self.attributes = attributes
    }
  }

  /// The name of the input.
  public var input: String
  /// The name of the output.
  public var output: String
  /// The shape of one row of the input.
  public var inputShape: Shape
  /// The shape of one row of the output.
  public var outputShape: Shape
  /// The operators.
  public var nodes: [Node]
  /// The weights.
  public var constants: [Constant]

  /// Makes a graph.
  public init(
    input: String, output: String, inputShape: Shape, outputShape: Shape, nodes: [Node],
    constants: [Constant]
  ) {
    self.input = input
    self.output = output
    self.inputShape = inputShape
    self.outputShape = outputShape
    self.nodes = nodes
    self.constants = constants
  }
}
