internal import Glibc

/// Memory between two pages that nothing may touch, so that one element too many ends the process.
final class GuardedMemory<Element: BitwiseCopyable> {
  /// The elements; the last one ends where the page begins that nothing may touch.
  let elements: UnsafeMutableBufferPointer<Element>
  private let whole: UnsafeMutableRawPointer
  private let size: Int
  private static var page: Int { Int(getpagesize()) }

  /// Copies values.
  init(_ values: [Element]) throws {
    let bytes = values.count * MemoryLayout<Element>.stride
    let inner = (bytes + Self.page - 1) / Self.page * Self.page
    size = inner + 2 * Self.page
    guard
      let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { throw CheckSkip("there is no memory for guarded buffers") }
    whole = start
    mprotect(start, Self.page, PROT_NONE)
    mprotect(start + Self.page + inner, Self.page, PROT_NONE)
    let first = (start + Self.page + inner - bytes).bindMemory(
      to: Element.self, capacity: values.count)
    elements = UnsafeMutableBufferPointer(start: first, count: values.count)
    _ = elements.initialize(from: values)
  }

  /// Lets nothing write to the elements.
  func makeReadOnly() { mprotect(whole + Self.page, size - 2 * Self.page, PROT_READ) }

  /// What is there now.
  var values: [Element] { Array(elements) }

  deinit { munmap(whole, size) }
}
