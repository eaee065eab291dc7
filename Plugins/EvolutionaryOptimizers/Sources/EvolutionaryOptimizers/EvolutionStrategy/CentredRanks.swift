/// Losses as evenly spaced numbers from −½ for the lowest to ½ for the highest.
///
/// Equal losses share the mean of their ranks, so that a plateau has no slope. Only the order counts:
/// no loss, an infinite one included, outweighs the others.
///
/// Source: Salimans, Ho, Chen, Sidor, Sutskever, arXiv:1703.03864, section 2.1; Wierstra et al., JMLR
/// 2014 (fitness shaping).
struct CentredRanks {
  private var order: [Int] = []
  /// The ranks, in the order of the losses.
  private(set) var values: [Double] = []

  /// Ranks losses.
  mutating func rank(_ losses: some RandomAccessCollection<Double>) {
    let losses = Array(losses)
    let count = losses.count
    if order.count != count {
      order = Array(losses.indices)
      values = Array(repeating: 0, count: count)
    }
    order.sort { (losses[$0], $0) < (losses[$1], $1) }
    var first = 0
    while first < count {
      var end = first + 1
      while end < count, losses[order[end]] == losses[order[first]] { end += 1 }
      let mean = 0.5 * Double(first + end - 1)
      for place in first..<end {
        values[order[place]] = mean / Double(max(count - 1, 1)) - 0.5
      }
      first = end
    }
  }
}
