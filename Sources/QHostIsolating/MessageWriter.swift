internal import QHostInterfaces

/// Writes a message into memory that two processes share, eight bytes at a time or in whole arrays.
struct MessageWriter {
  private let start: UnsafeMutableRawPointer
  private let capacity: Int
  /// Bytes that are written.
  private(set) var count = 0
  /// Whether there was more than there is room for.
  private(set) var isFull = false

  /// Makes a writer.
  init(_ start: UnsafeMutableRawPointer, capacity: Int) {
    self.start = start
    self.capacity = capacity
  }

  /// Adds a number, a truth value or another plain value of at most eight bytes.
  @inline(__always)
  mutating func write<T: BitwiseCopyable>(_ value: T) {
    guard let place = reserve(8) else { return }
    place.storeBytes(of: value, as: T.self)
  }

  /// Adds a count and so many numbers.
  @inline(__always)
  mutating func write<T: BitwiseCopyable>(_ values: [T]) {
    values.withUnsafeBufferPointer { write(buffer: $0) }
  }

  /// Adds a count and so many numbers.
  @inline(__always)
  mutating func write<T: BitwiseCopyable>(buffer values: UnsafeBufferPointer<T>) {
    write(values.count)
    write(bytes: UnsafeRawBufferPointer(values))
  }

  /// Adds a text.
  mutating func write(_ text: String) { write(Array(text.utf8)) }

  /// Adds a text that may not be there.
  mutating func write(_ text: String?) {
    write(text != nil)
    if let text { write(text) }
  }

  /// Adds a count, and what `body` adds for each element.
  mutating func write<T>(each elements: [T], _ body: (inout MessageWriter, T) -> Void) {
    write(elements.count)
    for element in elements { body(&self, element) }
  }

  @inline(__always)
  private mutating func write(bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, let place = reserve(bytes.count) else { return }
    place.copyMemory(from: source, byteCount: bytes.count)
  }

  @inline(__always)
  private mutating func reserve(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let padded = (bytes + 7) & ~7
    guard padded <= capacity - count else {
      isFull = true
      return nil
    }
    defer { count += padded }
    return start + count
  }

  /// Ends the message.
  ///
  /// - Parameter culprit: who writes.
  /// - Returns: its bytes.
  /// - Throws: when it did not fit.
  func finish(_ culprit: @autoclosure () -> String) throws(ComponentError) -> UInt64 {
    guard !isFull else {
      throw ComponentError(
        "\(culprit()) passes more than \(capacity >> 20) MB at once, which does not fit into the memory "
          + "that its process shares with the host; ask for less at a time, or do not isolate it")
    }
    return UInt64(count)
  }
}
