/// Memory for the numbers of rows.
final class RowBuffer {
  /// Its first element.
  let start: UnsafeMutablePointer<UInt32>

  /// Makes `count` zeros.
  init(count: Int) {
    start = .allocate(capacity: max(count, 1))
    start.initialize(repeating: 0, count: max(count, 1))
  }

  deinit { start.deallocate() }
}
