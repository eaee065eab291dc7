/// Machine code with the addresses of its names.
public struct AssembledProgram: Sendable {
  /// The address of the first byte.
  public let origin: Int
  /// The code and the data.
  public let bytes: [UInt8]
  /// The values of labels and of names that were given one.
  public let symbols: [String: Int]

  /// The address behind the last byte.
  public var end: Int { origin + bytes.count }
}
