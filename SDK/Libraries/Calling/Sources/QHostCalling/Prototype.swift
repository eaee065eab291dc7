/// What a function of C takes and returns, as its declaration says: `double (const double *x, int n)`.
///
/// Unlike a ``Signature`` it knows what pointers point to, and the names of arguments.
public struct Prototype: Sendable, Hashable, CustomStringConvertible {
  /// An argument or a result.
  public indirect enum Kind: Sendable, Hashable, CustomStringConvertible {
    /// A number, or `void`.
    case value(CType)
    /// An address of such a thing; of `void`: of anything.
    case pointer(Kind)

    /// For a call.
    public var type: CType {
      switch self {
      case .value(let type): type
      case .pointer: .pointer
      }
    }

    /// As C has it; `int32_t` is `int`.
    public var description: String {
      switch self {
      case .value(let type): type.spelling
      case .pointer(.pointer(let kind)): "\(Kind.pointer(kind))*"
      case .pointer(let kind): "\(kind) *"
      }
    }

    /// Whether the one can stand where the other was declared: all pointers fit `void *`.
    public func agrees(with other: Kind) -> Bool {
      switch (self, other) {
      case (.value(let one), .value(let two)): one == two
      case (.pointer(let one), .pointer(let two)):
        one == .value(.void) || two == .value(.void) || one.agrees(with: two)
      default: false
      }
    }
  }

  /// One argument.
  public struct Argument: Sendable, Hashable {
    /// Its name; empty: it has none.
    public let name: String
    /// Its type.
    public let kind: Kind

    /// Makes an argument.
    public init(name: String = "", kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// The function's name, where the declaration has it.
  public let name: String?
  /// What it returns.
  public let result: Kind
  /// What it takes, in order.
  public let arguments: [Argument]

  /// Makes a prototype.
  public init(name: String? = nil, result: Kind, arguments: [Argument]) {
    self.name = name
    self.result = result
    self.arguments = arguments
  }

  /// For a call.
  public var signature: Signature {
    Signature(arguments.map(\.kind.type), returning: result.type)
  }

  /// As C has it, without names.
  public var description: String {
    let list = arguments.map { "\($0.kind)" }.joined(separator: ", ")
    return "\(result)(\(list.isEmpty ? "void" : list))"
  }

  /// Whether both are called in the same way; names do not matter.
  public func agrees(with other: Prototype) -> Bool {
    result.agrees(with: other.result) && arguments.count == other.arguments.count
      && zip(arguments, other.arguments).allSatisfy { $0.kind.agrees(with: $1.kind) }
  }
}

extension CType {
  /// What C calls it on the machines that qhost runs on.
  public var spelling: String {
    switch self {
    case .void: "void"
    case .int8: "signed char"
    case .uint8: "unsigned char"
    case .int16: "short"
    case .uint16: "unsigned short"
    case .int32: "int"
    case .uint32: "unsigned int"
    case .int64: "long"
    case .uint64: "unsigned long"
    case .float: "float"
    case .double: "double"
    case .pointer: "void *"
    }
  }
}
