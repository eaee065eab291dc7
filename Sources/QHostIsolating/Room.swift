/// Room for what a plugin reads and writes; not in the shared memory, where one that writes too far would spoil other
/// messages.
final class Room<T: BitwiseCopyable & ExpressibleByIntegerLiteral> {
  /// The numbers.
  let buffer: UnsafeMutableBufferPointer<T>
  private let memory: UnsafeMutableRawPointer

  /// Room for so many zeros.
  init(_ count: Int) {
    let count = max(0, count)
    // As the host's own memory is aligned.
    memory = .allocate(byteCount: max(1, count) * MemoryLayout<T>.stride, alignment: 64)
    buffer = UnsafeMutableBufferPointer(
      start: memory.bindMemory(to: T.self, capacity: max(1, count)), count: count)
    buffer.initialize(repeating: 0)
  }

  /// A copy of numbers.
  convenience init(_ values: UnsafeBufferPointer<T>) {
    self.init(values.count)
    if let start = values.baseAddress {
      buffer.baseAddress?.update(from: start, count: values.count)
    }
  }

  deinit { memory.deallocate() }

  /// Whether there is none.
  var isEmpty: Bool { buffer.isEmpty }

  /// The numbers, to be read.
  var values: UnsafeBufferPointer<T> { UnsafeBufferPointer(buffer) }

  /// Adds the numbers to a message.
  func write(to message: inout MessageWriter) { message.write(buffer: values) }
}
