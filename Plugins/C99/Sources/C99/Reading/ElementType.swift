/// The types of elements that ONNX names and that there is C for; the raw values are ONNX's numbers.
enum ElementType: Int {
  case float = 1
  case uint8 = 2
  case int8 = 3
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case boolean = 9

  /// What ONNX calls it.
  var name: String {
    switch self {
    case .float: "float"
    case .uint8: "uint8"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .boolean: "bool"
    }
  }

  var isReal: Bool { self == .float }

  /// What integers of it may be here: 64 bits are not used, so that no code is larger than it must be.
  var range: ClosedRange<Int> {
    switch self {
    case .float: Int.min...Int.max
    case .uint8: 0...255
    case .int8: -128...127
    case .int16: -32_768...32_767
    case .int32, .int64: -2_147_483_648...2_147_483_647
    case .boolean: 0...1
    }
  }
}
