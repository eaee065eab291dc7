internal import Glibc

/// Memory for whole tables.
enum LargeMemory {
  /// Zeros [rows × width], which `deallocate` frees; `nil` when there is no room for them.
  ///
  /// They are those that the system has fresh pages filled with: writing them once more would take a tenth of the time
  /// that MNIST takes to load.
  static func zeros(_ rows: Int, _ width: Int) -> UnsafeMutableBufferPointer<Float>? {
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: width)
    guard !isTooMany, count >= 0,
      let start = calloc(max(count, 1), MemoryLayout<Float>.stride)
    else { return nil }
    let elements = start.bindMemory(to: Float.self, capacity: count)
    return UnsafeMutableBufferPointer(start: elements, count: count)
  }
}
