/// Where the inputs of a layer lie, and their multiples by powers of two if there are any.
struct LayerInputs: Sendable {
  /// [powers], the first of each array of multiples; the first entry is that of the inputs themselves.
  var multiples: [Location]
  /// The largest value of an input.
  var maximum: Int
  /// What listings call an input.
  var name: String { multiples[0].name }

  /// The terms of a unit's sum by powers of two, lowest first.
  ///
  /// - Parameters:
  ///   - weights: of the unit.
  ///   - indices: the inputs that count.
  ///   - highest: the highest power that digits of weights may have.
  /// - Returns: one plane where there are multiples for all digits; `nil` when a weight needs a higher
  ///   power.
  func planes(weights: [Int], indices: [Int], highest: Int) -> [[Term]]? {
    let usesMultiples = multiples.count > 1
    guard !usesMultiples || highest < multiples.count else { return nil }
    var planes = [[Term]](repeating: [], count: usesMultiples ? 1 : highest + 1)
    for index in indices {
      guard let terms = terms(weight: weights[index], index: index, highest: highest) else {
        return nil
      }
      for (power, term) in terms { planes[usesMultiples ? 0 : power].append(term) }
    }
    while planes.count > 1, planes.last?.isEmpty == true { planes.removeLast() }
    return planes
  }

  /// The terms of one input with their powers.
  func terms(weight: Int, index: Int, highest: Int) -> [(power: Int, term: Term)]? {
    guard let digits = SignedDigits(weight, highest: highest)?.digits else { return nil }
    let usesMultiples = multiples.count > 1
    return digits.map { digit in
      (
        digit.power,
        Term(
          place: multiples[usesMultiples ? digit.power : 0][index], isPositive: digit.sign > 0,
          maximum: usesMultiples ? maximum << digit.power : maximum, comment: "weight \(weight)")
      )
    }
  }

  /// The highest power that the digits of a layer's weights need.
  static func highestPower(of layer: IntegerNetwork.Layer) -> Int {
    layer.weights.joined().reduce(0) { max($0, SignedDigits.highestPower(of: abs($1))) }
  }
}
