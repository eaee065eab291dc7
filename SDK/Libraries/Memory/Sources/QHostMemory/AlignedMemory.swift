/// Memory on a cache line's boundary: no vector of 16 single-precision numbers then lies across two lines.
public enum AlignedMemory {
  /// Bytes of a cache line.
  public static let alignment = 64

  /// Allocates zeros; `deallocate` frees them.
  ///
  /// - Parameter count: how many; where it is less than a cache line has, that many are allocated.
  /// - Returns: all that are allocated.
  @inlinable
  public static func zeros<Element: BitwiseCopyable & AdditiveArithmetic>(
    _ count: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    let stride = MemoryLayout<Element>.stride
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, alignment / stride) * stride, alignment: alignment)
    let elements = bytes.bindMemory(to: Element.self)
    elements.initialize(repeating: .zero)
    return elements
  }
}
