internal import QHostInterfaces

/// Reads a message that another process has written, which may be anything.
///
/// Every count is read once and checked before it is followed: the other process may change what it has
/// written at any time.
struct MessageReader {
  private let start: UnsafeRawPointer
  private let count: Int
  private var place = 0

  /// Makes a reader.
  init(_ start: UnsafeRawPointer, count: Int) {
    self.start = start
    self.count = count
  }

  /// The next plain value; not for types that have invalid bits.
  @inline(__always)
  mutating func read<T: BitwiseCopyable>(_ type: T.Type) throws(ComponentError) -> T {
    start.loadUnaligned(fromByteOffset: try take(8), as: T.self)
  }

  /// The next integer.
  @inline(__always)
  mutating func integer() throws(ComponentError) -> Int { try read(Int.self) }

  /// The next real number.
  @inline(__always)
  mutating func real() throws(ComponentError) -> Double { try read(Double.self) }

  /// The next truth value.
  mutating func boolean() throws(ComponentError) -> Bool { try read(UInt8.self) != 0 }

  /// The next numbers, behind those that an array has.
  @inline(__always)
  mutating func read<T: BitwiseCopyable>(into array: inout [T]) throws(ComponentError) {
    let (from, length) = try span(of: T.self)
    array.append(
      contentsOf: UnsafeBufferPointer(
        start: (start + from).assumingMemoryBound(to: T.self), count: length))
  }

  /// The next numbers.
  mutating func array<T: BitwiseCopyable>(of type: T.Type) throws(ComponentError) -> [T] {
    var array: [T] = []
    try read(into: &array)
    return array
  }

  /// The next numbers, where they lie; valid until the next message.
  mutating func view<T: BitwiseCopyable>(
    of type: T.Type
  ) throws(ComponentError) -> UnsafeBufferPointer<T> {
    let (from, length) = try span(of: T.self)
    return UnsafeBufferPointer(
      start: (start + from).assumingMemoryBound(to: T.self), count: length)
  }

  /// The next numbers, into a buffer that they must fill.
  mutating func fill<T: BitwiseCopyable>(
    _ buffer: UnsafeMutableBufferPointer<T>
  ) throws(ComponentError) {
    let source = try view(of: T.self)
    guard source.count == buffer.count else { throw Self.damaged }
    if let from = source.baseAddress { buffer.baseAddress?.update(from: from, count: source.count) }
  }

  /// The next text.
  mutating func text() throws(ComponentError) -> String {
    String(decoding: try array(of: UInt8.self), as: UTF8.self)
  }

  /// The next text, if there is one.
  mutating func optionalText() throws(ComponentError) -> String? {
    try boolean() ? try text() : nil
  }

  /// The next elements, each read by `body`.
  mutating func elements<T>(
    _ body: (inout MessageReader) throws(ComponentError) -> T
  ) throws(ComponentError) -> [T] {
    let length = try integer()
    // Each has at least one word.
    guard length >= 0, length <= (count - place) / 8 else { throw Self.damaged }
    var elements: [T] = []
    for _ in 0..<length { elements.append(try body(&self)) }
    return elements
  }

  @inline(__always)
  private mutating func span<T>(of type: T.Type) throws(ComponentError) -> (Int, Int) {
    let length = try integer()
    guard length >= 0, length <= (count - place) / MemoryLayout<T>.stride else {
      throw Self.damaged
    }
    return (try take(length * MemoryLayout<T>.stride), length)
  }

  @inline(__always)
  private mutating func take(_ bytes: Int) throws(ComponentError) -> Int {
    let padded = (bytes + 7) & ~7
    guard padded <= count - place else { throw Self.damaged }
    defer { place += padded }
    return place
  }

  /// Why a message cannot be read.
  static let damaged = ComponentError(
    "it sent an invalid message; report it to its author", severity: .fatal)
}
