/// Memory for numbers of rows, on a cache line's boundary: no vector of 16 numbers then lies across two.
enum RowMemory {
  /// Makes `count` zeros, or 16; `deallocate` ends them.
  static func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
    let size = max(count, 16)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size * 4, alignment: 64)
    let numbers = bytes.bindMemory(to: Float.self)
    numbers.initialize(repeating: 0)
    return numbers
  }
}
