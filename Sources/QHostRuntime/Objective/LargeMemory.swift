internal import Glibc
internal import QHostMemory

/// Memory for whole tables.
enum LargeMemory {
  /// Zeros [rows × width], which `deallocate` frees; `nil` when there is no room for them.
  ///
  /// They are those that the system has fresh pages filled with: writing them once more would take a tenth of the time
  /// that MNIST takes to load.
  static func zeros<Element: BitwiseCopyable>(
    _ rows: Int, _ width: Int, of type: Element.Type
  ) -> UnsafeMutableBufferPointer<Element>? {
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: width)
    guard !isTooMany, count >= 0,
      let start = calloc(max(count, 1), MemoryLayout<Element>.stride)
    else { return nil }
    LargePages.ask(for: start, byteCount: count * MemoryLayout<Element>.stride)
    let elements = start.bindMemory(to: type, capacity: count)
    return UnsafeMutableBufferPointer(start: elements, count: count)
  }
}
