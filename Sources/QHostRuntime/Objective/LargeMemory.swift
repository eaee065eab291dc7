internal import Glibc

/// Memory for whole tables.
///
/// In pages of two megabytes, where the system has them: to touch 200 MB for the first time in pages of 4 kB takes as long
/// as to read the file that it is for.
enum LargeMemory {
  private static let pageBytes = 2 << 20
  /// What is smaller gains nothing.
  private static let leastBytes = 2 * pageBytes

  /// Zeros [rows × width], which `deallocate` frees; `nil` when there is no room for them.
  static func zeros(_ rows: Int, _ width: Int) -> UnsafeMutableBufferPointer<Float>? {
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: width)
    guard !isTooMany, count >= 0, count <= Int.max / 8 else { return nil }
    let bytes = count * MemoryLayout<Float>.stride
    guard bytes >= leastBytes else {
      let elements = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
      elements.initialize(repeating: 0)
      return elements
    }
    var start: UnsafeMutableRawPointer?
    guard posix_memalign(&start, pageBytes, bytes) == 0, let start else { return nil }
    // Whether the system follows the advice or not, the memory is the same.
    madvise(start, bytes, MADV_HUGEPAGE)
    memset(start, 0, bytes)
    let elements = start.bindMemory(to: Float.self, capacity: count)
    return UnsafeMutableBufferPointer(start: elements, count: count)
  }
}
