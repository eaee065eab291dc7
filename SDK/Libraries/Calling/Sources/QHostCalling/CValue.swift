/// A value that a foreign function takes or returns.
public enum CValue: Equatable {
  /// Nothing; a result only.
  case void
  /// An `int8_t`.
  case int8(Int8)
  /// A `uint8_t`.
  case uint8(UInt8)
  /// An `int16_t`.
  case int16(Int16)
  /// A `uint16_t`.
  case uint16(UInt16)
  /// An `int32_t`.
  case int32(Int32)
  /// A `uint32_t`.
  case uint32(UInt32)
  /// An `int64_t`.
  case int64(Int64)
  /// A `uint64_t`.
  case uint64(UInt64)
  /// A `float`.
  case float(Float)
  /// A `double`.
  case double(Double)
  /// A pointer, which may be null.
  case pointer(UnsafeMutableRawPointer?)

  /// A pointer to what C promises not to change.
  public static func constant(_ address: UnsafeRawPointer?) -> CValue {
    .pointer(UnsafeMutableRawPointer(mutating: address))
  }

  /// Its type.
  public var type: CType {
    switch self {
    case .void: .void
    case .int8: .int8
    case .uint8: .uint8
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .uint32: .uint32
    case .int64: .int64
    case .uint64: .uint64
    case .float: .float
    case .double: .double
    case .pointer: .pointer
    }
  }

  /// The integer in a value of any integer type; another type is a programmer's mistake.
  public var integer: Int {
    switch self {
    case .int8(let value): Int(value)
    case .uint8(let value): Int(value)
    case .int16(let value): Int(value)
    case .uint16(let value): Int(value)
    case .int32(let value): Int(value)
    case .uint32(let value): Int(value)
    case .int64(let value): Int(value)
    case .uint64(let value): Int(value)
    default: preconditionFailure("a \(type) is not an integer")
    }
  }

  /// The number in a `float` or `double`; another type is a programmer's mistake.
  public var real: Double {
    switch self {
    case .float(let value): Double(value)
    case .double(let value): value
    default: preconditionFailure("a \(type) is not a real number")
    }
  }

  /// The address in a pointer; another type is a programmer's mistake.
  public var address: UnsafeMutableRawPointer? {
    guard case .pointer(let address) = self else {
      preconditionFailure("a \(type) is not a pointer")
    }
    return address
  }
}
