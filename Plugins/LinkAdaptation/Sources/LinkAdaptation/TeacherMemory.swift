internal import CLinkAdaptation
internal import QHostMemory

/// What is remembered for learning: states, what followed, and what each scheme would have been worth.
final class TeacherMemory {
  /// Floats of an item: the state, the next one, rewards and discounts.
  static let width = 2 * Teacher.inputCount + 2 * Teacher.schemeCount

  let capacity: Int
  /// How many have been noted ever; the oldest are forgotten.
  private(set) var total = 0
  private let items: AlignedBuffer<Float>

  init(capacity: Int) {
    self.capacity = capacity
    items = AlignedBuffer(count: capacity * Self.width)
  }

  /// How many there are.
  var count: Int { min(total, capacity) }

  /// Where the next item is to be written.
  func add() -> UnsafeMutablePointer<Float> {
    defer { total += 1 }
    return items.start + (total % capacity) * Self.width
  }

  /// An item.
  subscript(index: Int) -> UnsafePointer<Float> {
    UnsafePointer(items.start + index * Self.width)
  }
}
