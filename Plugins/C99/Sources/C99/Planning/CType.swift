/// A type of numbers in C.
enum CType: String {
  case float
  case uint8 = "uint8_t"
  case int8 = "int8_t"
  case int16 = "int16_t"
  case uint16 = "uint16_t"
  case int32 = "int32_t"
  case uint32 = "uint32_t"

  var byteCount: Int {
    switch self {
    case .uint8, .int8: 1
    case .int16, .uint16: 2
    case .float, .int32, .uint32: 4
    }
  }

  /// The smallest type that holds integers; the signed one where both do, but for bytes.
  static func holding(_ range: ClosedRange<Int>) -> CType {
    if range.lowerBound >= 0, range.upperBound <= 255 { return .uint8 }
    if range.lowerBound >= -128, range.upperBound <= 127 { return .int8 }
    if range.lowerBound >= -32_768, range.upperBound <= 32_767 { return .int16 }
    if range.lowerBound >= 0, range.upperBound <= 65_535 { return .uint16 }
    return .int32
  }

  /// The type of the same size whose sums wrap around; at least 16 bits.
  var wrapping: CType { byteCount <= 2 ? .uint16 : .uint32 }

  /// Whether its values are those of `int` on any machine.
  var isPlain: Bool { [.uint8, .int8, .int16].contains(self) }
}
