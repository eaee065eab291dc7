/// An integer as few signed powers of two: n = Σ_p d_p 2^p, d_p one of -1, 0, 1.
///
/// Without a limit that is what the canonical signed-digit form has; among forms of equally many
/// digits the one with the lowest highest power is taken.
/// Source: Booth, *A signed binary multiplication technique* (1951); Reitwiesner, *Binary arithmetic*
/// (1960).
struct SignedDigits: Sendable, Equatable {
  /// Power and sign of each digit that is not 0, lowest power first.
  let digits: [(power: Int, sign: Int)]

  static func == (a: SignedDigits, b: SignedDigits) -> Bool {
    a.digits.elementsEqual(b.digits) { $0.power == $1.power && $0.sign == $1.sign }
  }

  /// The fewest digits up to `highest`; `nil` when the number is beyond them.
  init?(_ number: Int, highest: Int) {
    guard let digits = Self.fewest(number, power: 0, highest: highest) else { return nil }
    self.digits = digits
  }

  /// The highest power that a number needs in its shortest form.
  static func highestPower(of number: Int) -> Int {
    (0...8).first { power in
      guard let digits = fewest(number, power: 0, highest: power),
        let best = fewest(number, power: 0, highest: 9)
      else { return false }
      return digits.count == best.count
    } ?? 9
  }

  private static func fewest(
    _ number: Int, power: Int, highest: Int
  ) -> [(power: Int, sign: Int)]? {
    if number == 0 { return [] }
    guard power <= highest else { return nil }
    if number & 1 == 0 { return fewest(number >> 1, power: power + 1, highest: highest) }
    let plus = fewest((number - 1) >> 1, power: power + 1, highest: highest)
    let minus = fewest((number + 1) >> 1, power: power + 1, highest: highest)
    switch (plus, minus) {
    case (nil, nil): return nil
    case (let rest?, nil): return [(power, 1)] + rest
    case (nil, let rest?): return [(power, -1)] + rest
    case (let a?, let b?):
      let isPlus =
        a.count < b.count
        || (a.count == b.count && (a.last?.power ?? 0) <= (b.last?.power ?? 0))
      return isPlus ? [(power, 1)] + a : [(power, -1)] + b
    }
  }
}
