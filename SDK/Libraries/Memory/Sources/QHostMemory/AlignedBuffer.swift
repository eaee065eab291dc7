/// Numbers that are kept between calls, on a cache line's boundary; freed with the buffer.
public final class AlignedBuffer<Element: BitwiseCopyable & AdditiveArithmetic> {
  /// The first.
  public let start: UnsafeMutablePointer<Element>
  /// How many were asked for; the memory is never shorter than a cache line.
  public let count: Int

  /// Makes `count` zeros.
  @inlinable
  public init(count: Int) {
    let elements: UnsafeMutableBufferPointer<Element> = AlignedMemory.zeros(count)
    guard let start = elements.baseAddress else { preconditionFailure("no memory") }
    self.start = start
    self.count = count
  }

  deinit { start.deallocate() }
}
