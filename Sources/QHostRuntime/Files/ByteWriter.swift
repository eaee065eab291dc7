/// Bytes that are put together, numbers with the lowest byte first.
package struct ByteWriter {
  /// What there is so far.
  package private(set) var bytes: [UInt8] = []

  /// Makes no bytes.
  package init() {}

  /// How many there are.
  package var count: Int { bytes.count }

  /// Adds a value.
  package mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds a value.
  package mutating func append(_ value: Double) { append(value.bitPattern) }

  /// Adds a value.
  package mutating func append(_ value: Float) { append(value.bitPattern) }

  /// Adds a value.
  package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Adds a value.
  package mutating func append(_ other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }
}
