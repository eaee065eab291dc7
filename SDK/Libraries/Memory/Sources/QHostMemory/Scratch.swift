/// Memory for intermediate numbers that grows when needed and is used over and over.
public final class Scratch: @unchecked Sendable {
  private var memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: 64)

  /// Makes room for a few.
  public init() {}

  deinit { memory.deallocate() }

  /// Room for `count` numbers; what was there before is lost.
  public func reserve(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    if memory.count < count {
      memory.deallocate()
      memory = .allocate(capacity: count)
    }
    return UnsafeMutableBufferPointer(rebasing: memory[..<count])
  }
}
