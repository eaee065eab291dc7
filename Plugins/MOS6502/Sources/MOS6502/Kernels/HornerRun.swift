/// A part of a unit's sum that fits in a byte with all its powers: Horner's rule in the accumulator.
struct HornerRun {
  private let planes: [[Term]]
  /// What the accumulator starts from.
  private let start: Int
  /// The accumulator's value at the end and the carry, less the terms' sum.
  let constant: Int
  /// The carry at the end.
  private let carry: Int
  /// The largest value of the accumulator at the end, and of the carry.
  let maximum: Int

  /// Makes a run; `nil` when a partial sum would not fit in a byte.
  init?(_ terms: [(power: Int, term: Term)]) {
    let top = terms.reduce(0) { max($0, $1.power) }
    var planes = [[Term]](repeating: [], count: top + 1)
    for (power, term) in terms { planes[power].append(term) }
    self.planes = planes
    // What is taken away up to a power must be covered by the start, which is doubled as often.
    var (needed, taken) = (0, 0)
    for power in planes.indices.reversed() {
      taken = 2 * taken + Self.fall(planes[power]) + (Self.hasNegative(planes[power]) ? 1 : 0)
      let scale = 1 << (top - power)
      needed = max(needed, (taken + scale - 1) / scale)
    }
    start = needed
    var (constant, upper, carry) = (start, start, 0)
    for power in planes.indices.reversed() {
      if power < top { (constant, upper, carry) = (2 * constant, 2 * upper, 0) }
      upper += Self.rise(planes[power])
      guard upper <= 255 else { return nil }
      // The first subtraction finds the carry clear and takes 1 more.
      if Self.hasNegative(planes[power]) {
        (constant, upper, carry) = (constant - 1, upper - 1, 1)
      }
    }
    (self.constant, self.carry, maximum) = (constant + carry, carry, upper + carry)
  }

  private static func hasNegative(_ terms: [Term]) -> Bool {
    terms.contains { !$0.isPositive }
  }

  private static func rise(_ terms: [Term]) -> Int {
    terms.reduce(0) { $0 + ($1.isPositive ? $1.maximum : 0) }
  }

  private static func fall(_ terms: [Term]) -> Int {
    terms.reduce(0) { $0 + ($1.isPositive ? 0 : $1.maximum) }
  }

  /// Appends the run and what adds it, with the constant `total`, to a sum in memory.
  ///
  /// The carry must be clear before it, and is clear behind it.
  func emit(total: Int, low: Location, high: Location, into code: inout CodeFragment) {
    // In a single plane the start can be larger; else a number is added at the end.
    let padding = total - constant
    let first = planes.count == 1 ? start + padding : start
    var isFirst = true
    for (power, terms) in planes.enumerated().reversed() {
      if power < planes.count - 1 { code.emit("asl", .accumulator) }
      for term in terms.filter(\.isPositive) + terms.filter({ !$0.isPositive }) {
        if isFirst, first == 0, term.isPositive {
          code.emit("lda", term.place, comment: term.comment)
        } else {
          if isFirst { code.emit("lda", value: first) }
          code.emit(term.mnemonic, term.place, comment: term.comment)
        }
        isFirst = false
      }
    }
    if isFirst { code.emit("lda", value: first) }
    if planes.count > 1, padding > 0 { code.emit("adc", value: padding) }
    code.emit("adc", low)
    code.emit("sta", low)
    code.carry(into: high)
  }
}

extension CodeFragment {
  /// Counts the carry in a byte of memory, and clears it.
  mutating func carry(into high: Location) {
    let next = newLabel()
    branch("bcc", next)
    rarely("inc", high)
    rarely("clc")
    label(next)
  }
}
