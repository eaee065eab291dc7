/// Reads back what ``StateWriter`` wrote, in the same order.
public struct StateReader {
  private let bytes: [UInt8]
  private var place = 0

  /// Starts reading.
  ///
  /// - Throws: when the bytes are not a state of this version.
  public init(_ bytes: [UInt8], version: Int) throws(ComponentError) {
    self.bytes = bytes
    let found = try readInteger()
    guard found == version else {
      throw ComponentError(
        "the saved state has layout \(found), this plugin reads layout \(version); "
          + "start a new run or use the plugin that saved it")
    }
  }

  /// The next integer.
  ///
  /// - Returns: what ``StateWriter`` wrote.
  /// - Throws: when fewer than 8 bytes are left.
  public mutating func readInteger() throws(ComponentError) -> Int {
    Int(Int64(bitPattern: try readWord()))
  }

  /// The next real number.
  ///
  /// - Returns: what ``StateWriter`` wrote, bit for bit.
  /// - Throws: when fewer than 8 bytes are left.
  public mutating func readReal() throws(ComponentError) -> Double {
    Double(bitPattern: try readWord())
  }

  /// The next truth value.
  ///
  /// - Returns: what ``StateWriter`` wrote.
  /// - Throws: when fewer than 8 bytes are left.
  public mutating func readBoolean() throws(ComponentError) -> Bool { try readWord() != 0 }

  /// The next list of real numbers.
  ///
  /// - Parameter count: how many there must be; `nil`: any number.
  /// - Returns: the numbers.
  /// - Throws: when the state is damaged, or holds another number of them.
  public mutating func readReals(count: Int? = nil) throws(ComponentError) -> [Double] {
    let found = try readCount(expected: count)
    var values: [Double] = []
    values.reserveCapacity(found)
    for _ in 0..<found { values.append(try readReal()) }
    return values
  }

  /// The next list of integers.
  ///
  /// - Parameter count: how many there must be; `nil`: any number.
  /// - Returns: the numbers.
  /// - Throws: when the state is damaged, or holds another number of them.
  public mutating func readIntegers(count: Int? = nil) throws(ComponentError) -> [Int] {
    let found = try readCount(expected: count)
    var values: [Int] = []
    values.reserveCapacity(found)
    for _ in 0..<found { values.append(try readInteger()) }
    return values
  }

  /// The next word.
  ///
  /// - Returns: what ``StateWriter`` wrote.
  /// - Throws: when fewer than 8 bytes are left.
  public mutating func readWord() throws(ComponentError) -> UInt64 {
    guard place + 8 <= bytes.count else { throw damaged() }
    var word: UInt64 = 0
    for i in 0..<8 { word |= UInt64(bytes[place + i]) << UInt64(8 * i) }
    place += 8
    return word
  }

  /// Checks that nothing is left: a longer state is not one of this component.
  ///
  /// - Throws: when there is more to read.
  public func finish() throws(ComponentError) {
    guard place == bytes.count else { throw damaged() }
  }

  private mutating func readCount(expected: Int?) throws(ComponentError) -> Int {
    let count = try readInteger()
    guard count >= 0, count <= (bytes.count - place) / 8, expected == nil || expected == count
    else { throw damaged() }
    return count
  }

  private func damaged() -> ComponentError {
    ComponentError(
      "the saved state is damaged at byte \(place) of \(bytes.count); resume from another checkpoint"
    )
  }
}
