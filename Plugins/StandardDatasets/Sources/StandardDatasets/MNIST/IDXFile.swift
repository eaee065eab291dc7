import QHostInterfaces

/// An array of bytes in the IDX format of the MNIST files.
///
/// Two zero bytes, the type (8: unsigned bytes), the number of extents, the extents as big-endian
/// 32-bit numbers, then the elements, row-major.
///
/// Source: LeCun, Cortes, Burges, *The MNIST database of handwritten digits*, file formats.
struct IDXFile: Sendable {
  /// The extents.
  let extents: [Int]
  /// The elements, row-major.
  let elements: ArraySlice<UInt8>

  /// Checks the header and the size of a file.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, unpacked.
  ///   - path: its name, for messages.
  ///   - dimensions: how many extents it must have.
  ///   - remedy: what the user should do when the file is not a good; the end of the sentence.
  /// - Throws: an error of kind `data` that says what is wrong.
  init(_ bytes: [UInt8], path: String, dimensions: Int, remedy: String) throws(ComponentError) {
    let headerSize = 4 + 4 * dimensions
    guard bytes.count >= headerSize else {
      throw .data(
        "'\(path)' has \(bytes.count) bytes, fewer than the \(headerSize) of an IDX header; \(remedy)"
      )
    }
    let magic = Self.number(bytes, at: 0)
    let expected = 0x0800 + dimensions
    guard magic == expected else {
      throw .data(
        "'\(path)' begins with \(Self.hexadecimal(magic)), not with \(Self.hexadecimal(expected)) as "
          + "an IDX file of bytes with \(dimensions) extents does; \(remedy)")
    }
    extents = (0..<dimensions).map { Self.number(bytes, at: 4 + 4 * $0) }
    var count = 1
    var overflow = false
    for extent in extents {
      let product = count.multipliedReportingOverflow(by: extent)
      overflow = overflow || product.overflow
      count = product.partialValue
    }
    guard !overflow, bytes.count - headerSize == count else {
      let announced = extents.map(String.init).joined(separator: " x ")
      throw .data(
        "'\(path)' announces \(announced) bytes of data and holds \(bytes.count - headerSize); "
          + remedy)
    }
    elements = bytes[headerSize...]
  }

  private static func number(_ bytes: [UInt8], at place: Int) -> Int {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
