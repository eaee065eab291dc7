/// Memory for numbers that a session keeps between calls, on a cache line's boundary.
final class FloatBuffer {
  /// Its first element.
  let start: UnsafeMutablePointer<Float>
  /// How many there are.
  let count: Int

  /// Makes `count` zeros.
  init(count: Int) {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    start = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
    start.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  deinit { start.deallocate() }
}
