public import QHostInterfaces

/// What an ONNX file says: a `ModelProto`, as far as it is about inference.
public struct ONNXModel: Sendable, Equatable {
  /// A tensor: an initializer, or the value of an attribute.
  public struct Tensor: Sendable, Equatable {
    /// What is in a tensor.
    public enum Contents: Sendable, Equatable {
      /// Numbers.
      case numbers(Graph.Elements)
      /// Numbers of type uint8.
      case bytes([UInt8])
      /// Texts.
      case texts([String])
      /// Numbers of a type, in a file beside the model's.
      case elsewhere(ExternalData)
      /// What is not read, and why: the end of a sentence that begins with the tensor.
      case unread(String)
    }

    /// What nodes call it.
    public var name: String
    /// Its extents.
    public var shape: Shape
    /// What is in it.
    public var contents: Contents

    /// Makes a tensor.
    public init(name: String, shape: Shape, contents: Contents) {
      (self.name, self.shape, self.contents) = (name, shape, contents)
    }
  }

  /// The value of an attribute.
  public enum Attribute: Sendable, Equatable {
    /// A real.
    case real(Float)
    /// An integer.
    case integer(Int)
    /// A text.
    case text(String)
    /// A tensor.
    case tensor(Tensor)
    /// Reals.
    case reals([Float])
    /// Integers.
    case integers([Int])
    /// Texts.
    case texts([String])
    /// A graph or another kind that is not read.
    case unread
  }

  /// An operator applied to named values.
  public struct Node: Sendable, Equatable {
    /// What messages call it; the name of its first output where it has none.
    public var name: String
    /// For example `Gemm`.
    public var operation: String
    /// The operator set that it is of; empty: ONNX's own.
    public var domain: String
    /// The names of its inputs; an empty one stands for an input that is left out.
    public var inputs: [String]
    /// The names of its outputs.
    public var outputs: [String]
    /// Its attributes by name.
    public var attributes: [String: Attribute]

    /// Makes a node.
    public init(
      name: String, operation: String, domain: String = "", inputs: [String], outputs: [String],
      attributes: [String: Attribute] = [:]
    ) {
      (self.name, self.operation, self.domain) = (name, operation, domain)
      (self.inputs, self.outputs, self.attributes) = (inputs, outputs, attributes)
    }

    /// What users know the operator by.
    var title: String { domain.isEmpty ? operation : domain + "." + operation }
  }

  /// An input or output.
  public struct Value: Sendable, Equatable {
    /// An extent.
    public enum Extent: Sendable, Equatable {
      /// Known.
      case fixed(Int)
      /// Anything, under a name; empty: without one.
      case open(String)
    }

    /// Its name.
    public var name: String
    /// ONNX's number of its element type; 0: it is not a tensor.
    public var elementType: Int
    /// Its extents; `nil`: not even their number is known.
    public var extents: [Extent]?
  }

  /// The version of the file's form.
  public var version = 8
  /// Versions of operator sets, by domain; ONNX's own is the empty one.
  public var operatorSets: [String: Int]
  /// What wrote it.
  public var producer = ""
  /// The version of what wrote it.
  public var producerVersion = ""
  /// The model's name.
  public var name: String
  /// What it is, for people.
  public var documentation = ""
  /// More about it, by key.
  public var metadata: [String: String] = [:]
  /// The operators.
  public var nodes: [Node]
  /// The weights.
  public var initializers: [Tensor]
  /// The inputs.
  public var inputs: [Value]
  /// The outputs.
  public var outputs: [Value]
  /// Whether there are sparse initializers, which are not read.
  var hasSparseInitializers = false
}
