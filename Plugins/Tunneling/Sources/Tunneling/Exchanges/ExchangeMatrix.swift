import QHostInterfaces

/// A matrix of integers, and which columns make up for one another.
///
/// Where two inputs of a unit are nearly the same, as neighbouring pixels are, a change of one weight undoes most of what a
/// change of the other did, in every unit alike. So columns have partners, not single parameters.
struct ExchangeMatrix {
  /// A column that is changed together with another one.
  struct Partner: Equatable {
    var column: Int
    /// 1: both go the same way; −1: opposite ways.
    var sign: Int
  }

  /// Where its first parameter is.
  let offset: Int
  let rowCount: Int
  let columnCount: Int
  /// Those of each column, the best first; empty until they are learned.
  var partners: [[Partner]]

  /// The matrices of integers among a problem's blocks.
  static func all(in problem: Problem) -> [ExchangeMatrix] {
    problem.blocks.compactMap { block in
      let extents = block.shape.extents
      guard extents.count == 2, extents[0] > 0, extents[1] > 1,
        (block.offset..<block.offset + block.shape.count).allSatisfy({
          problem.kinds[$0] == .integer
        })
      else { return nil }
      return ExchangeMatrix(
        offset: block.offset, rowCount: extents[0], columnCount: extents[1],
        partners: Array(repeating: [], count: extents[1]))
    }
  }

  /// The coordinates of a row.
  func row(_ row: Int) -> Range<Int> {
    offset + row * columnCount..<offset + (row + 1) * columnCount
  }

  /// The row in which a column's partners are looked for: every row has its share of the columns.
  func row(forColumn column: Int) -> Int { column * rowCount / columnCount }

  /// Whether a parameter is in it.
  func contains(_ coordinate: Int) -> Bool {
    coordinate >= offset && coordinate < offset + rowCount * columnCount
  }

  /// Keeps a column's partners: those with which it interacts most.
  ///
  /// To the second order what two steps δ and σ do beyond what each does alone is δ σ ∂²L/∂x∂y; the partner's sign makes that negative.
  ///
  /// - Parameters:
  ///   - column: that moved.
  ///   - direction: which way, δ = 1 or −1.
  ///   - interactions: what each other column's step down and up came to beyond what it does alone, [columns × 2];
  ///     ∞ where there is no such step.
  ///   - count: how many are kept.
  mutating func learn(_ column: Int, _ direction: Int, _ interactions: [Double], count: Int) {
    let ranked = (0..<columnCount).filter { $0 != column }.compactMap {
      other -> (strength: Double, partner: Partner)? in
      let (down, up) = (interactions[2 * other], interactions[2 * other + 1])
      guard down < .infinity || up < .infinity else { return nil }
      let slope = up == .infinity ? -down : down == .infinity ? up : (up - down) / 2
      let sign = slope > 0 ? -direction : direction
      return (strength: abs(slope), partner: Partner(column: other, sign: sign))
    }.sorted { ($1.strength, $0.partner.column) < ($0.strength, $1.partner.column) }
    partners[column] = ranked.prefix(count).map(\.partner)
  }
}
