/// Memory for C structs, numbers and texts that live and die together; plain bytes only.
public final class Arena {
  private var allocations: [UnsafeMutableRawPointer] = []

  /// Makes an empty arena.
  public init() {}

  deinit { for allocation in allocations { allocation.deallocate() } }

  /// A copy of a text as NUL-terminated UTF-8.
  public func text(_ text: String) -> UnsafePointer<CChar> {
    let bytes = Array(text.utf8CString)
    return UnsafePointer(array(bytes))
  }

  /// A copy of a text, or `nil`.
  public func text(_ text: String?) -> UnsafePointer<CChar>? {
    guard let text else { return nil }
    return self.text(text)
  }

  /// A copy of a value.
  public func value<T>(_ value: T) -> UnsafeMutablePointer<T> {
    array([value])
  }

  /// A copy of an array; one unused element for an empty one, so that the address is valid.
  public func array<T>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, values.count) * MemoryLayout<T>.stride,
      alignment: max(16, MemoryLayout<T>.alignment))
    allocations.append(raw)
    let typed = raw.bindMemory(to: T.self, capacity: max(1, values.count))
    values.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { typed.initialize(from: start, count: source.count) }
    }
    return typed
  }

  /// Copies of texts, as an array of pointers; `nil` for none.
  public func texts(_ texts: [String]) -> UnsafePointer<UnsafePointer<CChar>?>? {
    guard !texts.isEmpty else { return nil }
    let pointers: [UnsafePointer<CChar>?] = texts.map { text($0) }
    return UnsafePointer(array(pointers))
  }

  /// Addresses of values copied one by one, which is how C passes arrays of structs here.
  public func pointers<T>(
    _ values: [T]
  ) -> UnsafePointer<UnsafePointer<T>?>? {
    let addresses: [UnsafePointer<T>?] = values.map { UnsafePointer(value($0)) }
    return UnsafePointer(array(addresses))
  }
}
