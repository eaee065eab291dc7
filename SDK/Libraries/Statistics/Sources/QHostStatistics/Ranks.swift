/// The ranks of values, from 1 for the least; equal values share the mean of theirs.
struct Ranks {
  /// The rank of each value.
  let ranks: [Double]
  /// Σ (t³ − t) over groups of t equal values; 0 when all differ.
  let tieTerm: Double

  /// Ranks values; infinities are values.
  init(_ values: [Double]) throws(StatisticsError) {
    if let place = values.firstIndex(where: \.isNaN) { throw .notANumber(place: place) }
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var tieTerm = 0.0
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
      for place in first..<end { ranks[order[place]] = Double(first + 1 + end) / 2 }
      let size = Double(end - first)
      tieTerm += size * size * size - size
      first = end
    }
    self.ranks = ranks
    self.tieTerm = tieTerm
  }
}
