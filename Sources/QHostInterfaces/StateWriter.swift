/// Collects a component's state as bytes, little-endian, for a checkpoint.
public struct StateWriter {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Makes an empty writer.
  ///
  /// - Parameter version: a number that ``StateReader`` checks; change it with the layout.
  public init(version: Int) { write(version) }

  /// Adds an integer.
  public mutating func write(_ value: Int) { append(UInt64(bitPattern: Int64(value))) }

  /// Adds a word.
  public mutating func write(_ value: UInt64) { append(value) }

  /// Adds a real number, bit for bit.
  public mutating func write(_ value: Double) { append(value.bitPattern) }

  /// Adds a truth value.
  public mutating func write(_ value: Bool) { append(value ? 1 : 0) }

  /// Adds a count and that many real numbers, bit for bit.
  public mutating func write(_ values: [Double]) {
    write(values.count)
    bytes.reserveCapacity(bytes.count + values.count * 8)
    for value in values { append(value.bitPattern) }
  }

  /// Adds a count and that many integers.
  public mutating func write(_ values: [Int]) {
    write(values.count)
    for value in values { write(value) }
  }

  private mutating func append(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
