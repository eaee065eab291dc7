/// Numbers that a kernel keeps between calls, on a cache line's boundary.
final class KernelMemory {
  /// The first.
  let start: UnsafeMutablePointer<Float>
  /// How many there are.
  let count: Int

  /// Makes `count` zeros, or 16.
  init(count: Int) {
    self.count = max(count, 16)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: self.count * 4, alignment: 64)
    start = bytes.bindMemory(to: Float.self, capacity: self.count)
    start.initialize(repeating: 0, count: self.count)
  }

  deinit { start.deallocate() }
}
