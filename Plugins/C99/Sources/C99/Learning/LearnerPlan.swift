internal import QHostGraphs

/// A network that learns on, and how much it learns from each row.
struct LearnerPlan {
  let network: LearningNetwork
  /// Rows that are kept and learned from.
  let rowCount: Int
  /// Numbers that are looked at for each row.
  let visits: Int

  /// Numbers that are learned are visited in steps of so many.
  var stride: Int { network.stride }

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

  /// Bytes of tables and shifts.
  var constantByteCount: Int {
    network.layers.reduce(0) { sum, layer in
      layer.isLast ? sum : sum + 256 * layer.distinctTables.tables.count + 2 * layer.unitCount
    }
  }
}
