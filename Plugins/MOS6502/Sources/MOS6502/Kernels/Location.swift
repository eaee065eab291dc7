/// A byte of memory that code works on, by name.
struct Location: Sendable, Equatable {
  var name: String
  var offset = 0
  /// Whether it lies in page 0, where instructions are shorter and faster.
  var isInPageZero: Bool

  var expression: Expression { Expression(name, plus: offset) }
  var mode: AddressingMode { isInPageZero ? .zeroPage : .absolute }

  subscript(index: Int) -> Location {
    Location(name: name, offset: offset + index, isInPageZero: isInPageZero)
  }
}
