/// A message in protobuf's encoding.
///
/// Source: *Protocol Buffers: Encoding*; a field is its number and wire type, then its value.
struct ProtobufWriter {
  private var writer = ByteWriter()

  /// The message.
  var bytes: [UInt8] { writer.bytes }

  /// Appends a whole number.
  mutating func append(_ field: Int, _ value: UInt64) {
    appendKey(field, type: 0)
    appendVarint(value)
  }

  /// Appends a real number of 64 bits.
  mutating func append(_ field: Int, _ value: Double) {
    appendKey(field, type: 1)
    writer.append(value)
  }

  /// Appends a real number of 32 bits.
  mutating func append(_ field: Int, _ value: Float) {
    appendKey(field, type: 5)
    writer.append(value)
  }

  /// Appends a text.
  mutating func append(_ field: Int, _ text: String) { append(field, Array(text.utf8)) }

  /// Appends a message.
  mutating func append(_ field: Int, _ message: ProtobufWriter) { append(field, message.bytes) }

  private mutating func append(_ field: Int, _ bytes: [UInt8]) {
    appendKey(field, type: 2)
    appendVarint(UInt64(bytes.count))
    writer.append(bytes)
  }

  private mutating func appendKey(_ field: Int, type: Int) {
    appendVarint(UInt64(field << 3 | type))
  }

  /// Seven bits a byte, the lowest first; the high bit says that there are more.
  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      writer.append([UInt8(truncatingIfNeeded: rest) | 0x80])
      rest >>= 7
    }
    writer.append([UInt8(rest)])
  }
}
