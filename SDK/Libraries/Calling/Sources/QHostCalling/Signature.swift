/// What a foreign function takes and returns.
public struct Signature: Sendable, Hashable, CustomStringConvertible {
  /// The type of its result.
  public let result: CType
  /// The types of its arguments, in order.
  public let arguments: [CType]

  /// Makes a signature.
  public init(_ arguments: CType..., returning result: CType) {
    self.result = result
    self.arguments = arguments
  }

  /// Makes a signature of a list of arguments.
  public init(_ arguments: [CType], returning result: CType) {
    self.result = result
    self.arguments = arguments
  }

  /// For example `double (int32, pointer)`.
  public var description: String {
    "\(result) (\(arguments.map { "\($0)" }.joined(separator: ", ")))"
  }
}
