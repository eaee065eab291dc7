/// Terms that are added in the accumulator one after the other, without a look at the carry.
///
/// The chain starts from a constant so large that no partial sum is below 0, and has so few terms that
/// none is above 255. So each addition leaves the carry clear and each subtraction leaves it set, which
/// is known beforehand: nothing is cleared, set or tested between terms.
struct Chain: Sendable {
  private(set) var positive: [Term] = []
  private(set) var negative: [Term] = []
  /// What is added to the smallest possible start.
  var extra = 0

  /// The largest sum of what is added.
  private(set) var rise = 0
  /// The largest sum of what is taken away.
  private(set) var fall = 0

  /// Whether the start can be the first term itself.
  var startsWithTerm: Bool { negative.isEmpty && extra == 0 }
  /// The number that the chain starts from; the first subtraction takes 1 more.
  var start: Int { (negative.isEmpty ? 0 : fall + 1) + extra }
  /// The accumulator's value at the end, less the terms' sum.
  var constant: Int { start - (negative.isEmpty ? 0 : 1) }
  /// The carry that the chain leaves.
  var carry: Int { negative.isEmpty ? 0 : 1 }
  /// The largest value of the accumulator, at the end of the additions.
  var maximum: Int { start + rise }
  /// How much `extra` can grow.
  var slack: Int { 255 - maximum }
  /// The values that the accumulator can have at the end.
  var range: ClosedRange<Int> { constant - fall...constant + rise }

  /// Whether one more term leaves every partial sum in a byte.
  func takes(_ term: Term) -> Bool {
    var longer = self
    longer.add(term)
    return longer.maximum <= 255
  }

  mutating func add(_ term: Term) {
    if term.isPositive {
      positive.append(term)
      rise += term.maximum
    } else {
      negative.append(term)
      fall += term.maximum
    }
  }

  /// Terms in few chains: those of one sign first, then what is left of both.
  static func packed(_ terms: [Term]) -> [Chain] {
    var chains: [Chain] = []
    for isPositive in [true, false] {
      for term in terms where term.isPositive == isPositive && term.maximum > 0 {
        if let place = chains.firstIndex(where: { $0.takes(term) }) {
          chains[place].add(term)
        } else {
          var chain = Chain()
          chain.add(term)
          chains.append(chain)
        }
      }
    }
    return chains
  }

  /// Appends the chain; the carry must be clear before it.
  func emit(into code: inout CodeFragment) {
    var additions = positive[...]
    if startsWithTerm, let first = additions.popFirst() {
      code.emit("lda", first.place, comment: first.comment)
    } else {
      code.emit("lda", value: start)
    }
    for term in additions + negative { code.emit(term.mnemonic, term.place, comment: term.comment) }
  }
}
