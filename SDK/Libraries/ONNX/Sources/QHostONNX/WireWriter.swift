/// Writes the fields of a message of protocol buffers.
///
/// A field is the number 8 · field + kind as a varint, then its value: kind 0 a varint, kind 1 eight bytes,
/// kind 2 a length and so many bytes, kind 5 four bytes. A varint has seven bits a byte, the lowest first, and the eighth where
/// another byte follows. Source: the encoding's description by its authors.
public struct WireWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Begins a message.
  public init() {}

  /// Writes an integer as a varint, negative ones in two's complement.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - value: the integer.
  public mutating func integer(_ field: Int, _ value: Int) {
    varint(UInt64(field << 3))
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Writes a real of 32 bits.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - value: the real.
  public mutating func real(_ field: Int, _ value: Float) {
    varint(UInt64(field << 3 | 5))
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes a real of 64 bits.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - value: the real.
  public mutating func double(_ field: Int, _ value: Double) {
    varint(UInt64(field << 3 | 1))
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - value: the bytes.
  public mutating func data(_ field: Int, _ value: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Writes a text in UTF-8.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - value: the text.
  public mutating func text(_ field: Int, _ value: String) { data(field, Array(value.utf8)) }

  /// Writes integers, packed into one field.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - values: the integers.
  public mutating func integers(_ field: Int, _ values: [Int]) {
    var packed = WireWriter()
    for value in values { packed.varint(UInt64(bitPattern: Int64(value))) }
    data(field, packed.bytes)
  }

  /// Writes reals of 32 bits, packed into one field.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - values: the reals.
  public mutating func reals(_ field: Int, _ values: [Float]) {
    data(
      field,
      values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } })
  }

  /// Writes a message within this one.
  ///
  /// - Parameters:
  ///   - field: its number, at least 1.
  ///   - body: writes the inner message's fields.
  public mutating func message(_ field: Int, _ body: (inout WireWriter) -> Void) {
    var inner = WireWriter()
    body(&inner)
    data(field, inner.bytes)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
