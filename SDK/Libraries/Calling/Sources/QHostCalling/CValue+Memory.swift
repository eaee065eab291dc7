/// Where libffi wants values: arguments in their own width, integers as results in a register's.
extension CValue {
  /// Bytes that hold any value, as an argument or as a result.
  static let slotSize = 8

  /// Writes it as an argument.
  func store(to slot: UnsafeMutableRawPointer) {
    switch self {
    case .void: break
    case .int8(let value): slot.storeBytes(of: value, as: Int8.self)
    case .uint8(let value): slot.storeBytes(of: value, as: UInt8.self)
    case .int16(let value): slot.storeBytes(of: value, as: Int16.self)
    case .uint16(let value): slot.storeBytes(of: value, as: UInt16.self)
    case .int32(let value): slot.storeBytes(of: value, as: Int32.self)
    case .uint32(let value): slot.storeBytes(of: value, as: UInt32.self)
    case .int64(let value): slot.storeBytes(of: value, as: Int64.self)
    case .uint64(let value): slot.storeBytes(of: value, as: UInt64.self)
    case .float(let value): slot.storeBytes(of: value, as: Float.self)
    case .double(let value): slot.storeBytes(of: value, as: Double.self)
    case .pointer(let value): slot.storeBytes(of: value, as: UnsafeMutableRawPointer?.self)
    }
  }

  /// Writes it as a closure's result.
  func storeResult(to slot: UnsafeMutableRawPointer) {
    switch self {
    case .int8, .int16, .int32: slot.storeBytes(of: Int64(integer), as: Int64.self)
    case .uint8, .uint16, .uint32: slot.storeBytes(of: UInt64(integer), as: UInt64.self)
    default: store(to: slot)
    }
  }

  /// Reads an argument.
  init(_ type: CType, argument slot: UnsafeMutableRawPointer) {
    switch type {
    case .void: self = .void
    case .int8: self = .int8(slot.load(as: Int8.self))
    case .uint8: self = .uint8(slot.load(as: UInt8.self))
    case .int16: self = .int16(slot.load(as: Int16.self))
    case .uint16: self = .uint16(slot.load(as: UInt16.self))
    case .int32: self = .int32(slot.load(as: Int32.self))
    case .uint32: self = .uint32(slot.load(as: UInt32.self))
    case .int64: self = .int64(slot.load(as: Int64.self))
    case .uint64: self = .uint64(slot.load(as: UInt64.self))
    case .float: self = .float(slot.load(as: Float.self))
    case .double: self = .double(slot.load(as: Double.self))
    case .pointer: self = .pointer(slot.load(as: UnsafeMutableRawPointer?.self))
    }
  }

  /// Reads what a function returned.
  init(_ type: CType, result slot: UnsafeMutableRawPointer) {
    let word = slot.load(as: UInt64.self)
    switch type {
    case .int8: self = .int8(Int8(truncatingIfNeeded: word))
    case .uint8: self = .uint8(UInt8(truncatingIfNeeded: word))
    case .int16: self = .int16(Int16(truncatingIfNeeded: word))
    case .uint16: self = .uint16(UInt16(truncatingIfNeeded: word))
    case .int32: self = .int32(Int32(truncatingIfNeeded: word))
    case .uint32: self = .uint32(UInt32(truncatingIfNeeded: word))
    default: self.init(type, argument: slot)
    }
  }
}
