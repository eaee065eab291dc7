internal import QHostGraphs

/// What a network that learns does, row by row, computed in full: the oracle of the machine code.
///
/// Everything but the order of its numbers is obvious: each loss passes all kept rows through the network.
struct LearnerReference {
  private(set) var network: LearningNetwork
  private let rowCount: Int
  private let visits: Int
  private var rows: [(levels: [Int], label: Int)] = []
  private var next = 0
  private var number = 0

  init(_ plan: LearnerPlan) {
    (network, rowCount, visits) = (plan.network, plan.rowCount, plan.visits)
  }

  /// The outputs [C] of levels [F], in 16 bits.
  func outputs(_ levels: [Int]) -> [Int] {
    var values = levels
    for layer in network.layers {
      let sums = (0..<layer.unitCount).map { unit in
        let products = (0..<layer.inputCount).reduce(layer.offset(unit)) {
          $0 + layer.weights[unit * layer.inputCount + $1] * values[$1]
        }
        return Int(Int16(truncatingIfNeeded: products))
      }
      guard !layer.isLast else { return sums }
      values = sums.indices.map { layer.tables[$0][min(max(sums[$0] >> layer.shifts[$0], 0), 255)] }
    }
    return values
  }

  /// Keeps a row in the place of the oldest, and looks at the next numbers.
  mutating func learn(_ levels: [Int], label: Int) {
    guard label < network.outputCount else { return }
    if rows.count < rowCount {
      rows.append((levels, label))
    } else {
      rows[next] = (levels, label)
    }
    next = (next + 1) % rowCount
    var least = loss
    for _ in 0..<visits {
      look(at: number, &least)
      number = (number + network.stride) % network.learnedCount
    }
  }

  /// Until all rows are there, some stand for those that are not.
  private var loss: Int {
    let (times, more) = rowCount.quotientAndRemainder(dividingBy: rows.count)
    return rows.indices.reduce(0) { sum, row in
      var outputs = outputs(rows[row].levels)
      let own = outputs.remove(at: rows[row].label)
      let loss = max(0, network.margin + (outputs.max() ?? 0) - own)
      return sum + loss * (row < more ? times + 1 : times)
    }
  }

  private mutating func look(at number: Int, _ least: inout Int) {
    var (place, layer) = (number, 0)
    while place >= network.layers[layer].learnedCount {
      place -= network.layers[layer].learnedCount
      layer += 1
    }
    let weightCount = network.layers[layer].weights.count
    let isBias = place >= weightCount
    let (path, range) =
      isBias
      ? (\LearningNetwork.Layer.biases[place - weightCount], network.layers[layer].biasRange)
      : (\LearningNetwork.Layer.weights[place], network.layers[layer].weightRange)
    let value = network.layers[layer][keyPath: path]
    var best = value
    for tried in [value - 1, value + 1] where range.contains(tried) {
      network.layers[layer][keyPath: path] = tried
      let loss = loss
      if loss < least { (least, best) = (loss, tried) }
    }
    network.layers[layer][keyPath: path] = best
  }
}
