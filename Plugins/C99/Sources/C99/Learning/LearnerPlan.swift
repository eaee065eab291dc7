/// A network that learns on, and how much it learns from each row.
struct LearnerPlan {
  let network: LearningNetwork
  /// Rows that are kept and learned from.
  let rowCount: Int
  /// Numbers that are looked at for each row.
  let visits: Int

  /// Numbers that are learned are visited in steps of so many: see ``stride(_:)``.
  var stride: Int { Self.stride(network.learnedCount) }

  /// The first number from ⌊40503 m / 65536⌋ on that has no divisor in common with m; the order of the host's
  /// optimizer `lattice-descent`.
  static func stride(_ count: Int) -> Int {
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    var stride = max(1, (count * 40503) >> 16)
    while divisor(stride, count) != 1 { stride += 1 }
    return stride
  }

  /// Losses that a row costs, each of all kept rows.
  var lossCount: Int { 2 * visits + 1 }

  /// Elements of the largest array.
  var mostElements: Int {
    let widths = [network.inputCount] + network.layers.map(\.unitCount)
    return max((rowCount + 1) * (widths.max() ?? 1), network.learnedCount + stride)
  }

  /// Bytes of what is learned.
  var learnedByteCount: Int {
    network.layers.reduce(0) { $0 + $1.weights.count + 4 * $1.unitCount }
  }

  /// Bytes of the kept rows, with what the layers make of them.
  var memoryByteCount: Int {
    let units = network.layers.reduce(0) { $0 + $1.unitCount * ($1.isLast ? 2 : 3) }
    return rowCount * (network.inputCount + 5) + (rowCount + 1) * units
  }

  /// The distinct tables of a layer, and which of them each unit has.
  static func tables(_ layer: LearningNetwork.Layer) -> (distinct: [[Int]], numbers: [Int]) {
    var distinct: [[Int]] = []
    let numbers = layer.tables.map { table -> Int in
      if let known = distinct.firstIndex(of: table) { return known }
      distinct.append(table)
      return distinct.count - 1
    }
    return (distinct, numbers)
  }

  /// Bytes of tables and shifts.
  var constantByteCount: Int {
    network.layers.reduce(0) { sum, layer in
      layer.isLast ? sum : sum + 256 * Self.tables(layer).distinct.count + 2 * layer.unitCount
    }
  }
}
