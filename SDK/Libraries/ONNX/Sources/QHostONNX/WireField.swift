public import QHostInterfaces

/// A field of a message of protocol buffers, as it lies in a file; see ``WireWriter`` for its form.
public struct WireField: Sendable, Equatable {
  /// What a field holds.
  public enum Value: Sendable, Equatable {
    /// An integer.
    case varint(UInt64)
    /// Eight bytes, little-endian.
    case fixed64(UInt64)
    /// Four bytes, little-endian.
    case fixed32(UInt32)
    /// Bytes; indices are those of the file.
    case bytes(ArraySlice<UInt8>)
  }

  /// Its number.
  public let number: Int
  /// What it holds.
  public let value: Value
  /// Where in the file it begins.
  let place: Int

  /// The fields of a message, in its order.
  ///
  /// - Throws: kind `data`, with the place in the file, where the bytes are not fields.
  public static func all(of message: ArraySlice<UInt8>) throws(ComponentError) -> [WireField] {
    var fields: [WireField] = []
    var place = message.startIndex
    while place < message.endIndex {
      let start = place
      let tag = try varint(message, &place)
      guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw damaged(start) }
      let value: Value
      switch tag & 7 {
      case 0: value = .varint(try varint(message, &place))
      case 1: value = .fixed64(try fixed(message, &place, 8))
      case 2:
        let count = try varint(message, &place)
        guard count <= UInt64(message.endIndex - place) else {
          throw .data(
            "it is cut off, or no ONNX file: byte \(start) begins a field of \(count) bytes")
        }
        value = .bytes(message[place..<place + Int(count)])
        place += Int(count)
      case 5: value = .fixed32(UInt32(try fixed(message, &place, 4)))
      default: throw damaged(start)
      }
      fields.append(WireField(number: Int(tag >> 3), value: value, place: start))
    }
    return fields
  }

  /// Its bytes.
  func bytes() throws(ComponentError) -> ArraySlice<UInt8> {
    guard case .bytes(let bytes) = value else { throw Self.damaged(place) }
    return bytes
  }

  /// Its bytes as a message's fields.
  func fields() throws(ComponentError) -> [WireField] { try Self.all(of: try bytes()) }

  /// Its bytes as text.
  func text() throws(ComponentError) -> String {
    guard let text = String(validating: try bytes(), as: UTF8.self) else {
      throw Self.damaged(place)
    }
    return text
  }

  /// Its integer.
  func integer() throws(ComponentError) -> Int {
    guard case .varint(let value) = value else { throw Self.damaged(place) }
    return Int(Int64(bitPattern: value))
  }

  /// Its integers: one, or many that are packed.
  func integers() throws(ComponentError) -> [Int] {
    guard case .bytes(let bytes) = value else { return [try integer()] }
    var (values, place) = ([Int](), bytes.startIndex)
    while place < bytes.endIndex {
      values.append(Int(Int64(bitPattern: try Self.varint(bytes, &place))))
    }
    return values
  }

  /// Its reals of four bytes: one, or many that are packed.
  func reals() throws(ComponentError) -> [Float] {
    if case .fixed32(let bits) = value { return [Float(bitPattern: bits)] }
    return try words(4).map { Float(bitPattern: UInt32($0)) }
  }

  /// Its reals of eight bytes: one, or many that are packed.
  func doubles() throws(ComponentError) -> [Double] {
    if case .fixed64(let bits) = value { return [Double(bitPattern: bits)] }
    return try words(8).map { Double(bitPattern: $0) }
  }

  private func words(_ width: Int) throws(ComponentError) -> [UInt64] {
    let bytes = try bytes()
    guard bytes.count % width == 0 else { throw Self.damaged(place) }
    var (values, place) = ([UInt64](), bytes.startIndex)
    while place < bytes.endIndex { values.append(try Self.fixed(bytes, &place, width)) }
    return values
  }

  private static func damaged(_ place: Int) -> ComponentError {
    .data("it is not an intact ONNX file: byte \(place) begins no field that could be there")
  }

  private static func fixed(
    _ bytes: ArraySlice<UInt8>, _ place: inout Int, _ width: Int
  ) throws(ComponentError) -> UInt64 {
    guard bytes.endIndex - place >= width else { throw cutOff(place) }
    var value: UInt64 = 0
    for offset in 0..<width { value |= UInt64(bytes[place + offset]) << UInt64(8 * offset) }
    place += width
    return value
  }

  private static func varint(
    _ bytes: ArraySlice<UInt8>, _ place: inout Int
  ) throws(ComponentError) -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      guard shift < 64 else { throw damaged(place - 1) }
    }
    throw cutOff(place)
  }

  private static func cutOff(_ place: Int) -> ComponentError {
    .data("it is cut off, or no ONNX file: it ends within a number at byte \(place)")
  }
}
