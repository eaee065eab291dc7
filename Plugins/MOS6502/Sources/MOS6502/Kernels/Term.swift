/// A byte that is added to a sum or taken from it.
struct Term: Sendable {
  var place: Location
  /// Whether it is added.
  var isPositive: Bool
  /// Its largest value; its smallest is 0.
  var maximum: Int
  /// What a listing says of it.
  var comment: String

  var mnemonic: String { isPositive ? "adc" : "sbc" }
}
