internal import QHostInterfaces

extension ONNXModel.Tensor {
  /// ONNX's names of the types whose numbers are not read.
  private static let otherTypes = [
    4: "uint16", 5: "int16", 9: "bool", 10: "float16", 12: "uint32", 13: "uint64",
    16: "bfloat16", 21: "uint4", 22: "int4",
  ]

  /// The parts of a tensor's message; a file has the numbers in one of four fields.
  private struct Parts {
    var type = 0
    var raw: ArraySlice<UInt8>?
    var (reals, doubles, integers, texts) = ([Float](), [Double](), [Int](), [String]())
    /// Where the numbers lie in another file: pairs of a key and a text.
    var external: [String: String] = [:]
    var isExternal = false
  }

  /// Reads a tensor's message.
  init(_ fields: [WireField]) throws(ComponentError) {
    self.init(name: "", shape: Shape([]), contents: .texts([]))
    var parts = Parts()
    for field in fields {
      switch field.number {
      case 1: shape.extents += try field.integers()
      case 2: parts.type = try field.integer()
      case 4: parts.reals += try field.reals()
      case 5, 7: parts.integers += try field.integers()
      case 6: parts.texts.append(try field.text())
      case 8: name = try field.text()
      case 9: parts.raw = try field.bytes()
      case 10: parts.doubles += try field.doubles()
      case 13:
        let entry = try field.fields()
        let key = try entry.first { $0.number == 1 }?.text() ?? ""
        parts.external[key] = try entry.first { $0.number == 2 }?.text() ?? ""
        parts.isExternal = true
      case 14 where try field.integer() == 1: parts.isExternal = true
      default: break
      }
    }
    try read(parts)
  }

  private mutating func read(_ parts: Parts) throws(ComponentError) {
    if parts.isExternal {
      contents = .elsewhere(try ExternalData(parts.external, type: parts.type, of: name))
      return
    }
    try readNumbers(parts)
  }

  /// Reads numbers of a type from their bytes, which lay in another file.
  mutating func read(type: Int, _ bytes: ArraySlice<UInt8>) throws(ComponentError) {
    var parts = Parts()
    (parts.type, parts.raw) = (type, bytes)
    try readNumbers(parts)
  }

  private mutating func readNumbers(_ parts: Parts) throws(ComponentError) {
    switch parts.type {
    case 1:
      let words: [UInt32] = try parts.raw.map(words) ?? []
      contents = .numbers(
        .float(parts.raw == nil ? parts.reals : words.map { Float(bitPattern: $0) }))
    case 11:
      let words: [UInt64] = try parts.raw.map(words) ?? []
      let values = parts.raw == nil ? parts.doubles : words.map { Double(bitPattern: $0) }
      contents = .numbers(.float(values.map { Float($0) }))
    case 2: contents = .bytes(try whole(parts))
    case 3: contents = .numbers(.int8(try whole(parts)))
    case 6: contents = .numbers(.int32(try whole(parts)))
    case 7: contents = .numbers(.int64(try whole(parts)))
    case 8: contents = .texts(parts.texts)
    default:
      let type = Self.otherTypes[parts.type] ?? "of number \(parts.type)"
      contents = .unread(
        "has elements of type \(type); float, double, int8, int32 and int64 are read")
      return
    }
    try check()
  }

  private func whole<T: FixedWidthInteger>(_ parts: Parts) throws(ComponentError) -> [T] {
    if let raw = parts.raw { return try words(raw) }
    var values: [T] = []
    for value in parts.integers {
      guard let fitting = T(exactly: value) else {
        throw .data("initializer '\(name)' has the number \(value), which is beyond its type")
      }
      values.append(fitting)
    }
    return values
  }

  private func words<T: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>
  ) throws(ComponentError) -> [T] {
    let width = MemoryLayout<T>.size
    guard bytes.count % width == 0 else {
      throw .data("initializer '\(name)' has \(bytes.count) bytes, no multiple of \(width)")
    }
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / width).map {
        T(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: T.self))
      }
    }
  }

  /// Refuses a tensor with more or fewer numbers than its shape says.
  private func check() throws(ComponentError) {
    let count =
      switch contents {
      case .numbers(let elements): elements.count
      case .bytes(let bytes): bytes.count
      case .texts(let texts): texts.count
      case .unread, .elsewhere: 0
      }
    var expected = 1
    for extent in shape.extents {
      let (product, isTooLarge) = expected.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !isTooLarge else {
        throw .data("initializer '\(name)' has the impossible shape \(shape.extents)")
      }
      expected = product
    }
    guard count == expected else {
      throw .data(
        "initializer '\(name)' has \(count) numbers, and its shape is \(shape); the file is damaged"
      )
    }
  }
}
