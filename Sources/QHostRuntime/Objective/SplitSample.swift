internal import QHostInterfaces
internal import QHostRandomness

/// A fixed sample of the rows of a split, on which a run is looked at while it continues.
///
/// It is the same for every optimizer and seed: all rows of a small split, an eighth of them, but 256 to 2,048,
/// of a larger one. Of a stream they are its first ones, for state continues from row to row.
final class SplitSample {
  private let split: Split
  private let parts: Objective.Parts
  private let table: SampleTable
  private let rows: [Int]
  private var evaluator: SplitEvaluator?

  /// The sample of a split; nothing is computed yet.
  init(_ split: Split, _ table: SampleTable, _ parts: Objective.Parts) {
    self.split = split
    self.table = table
    self.parts = parts
    rows =
      table.isStream
      ? Array(0..<Self.size(of: table.rowCount)) : Self.rows(of: table.rowCount)
  }

  /// How many rows it has.
  var rowCount: Int { rows.count }
  /// Whether it is the whole split.
  var isWhole: Bool { rows.count == table.rowCount }

  /// How many of `count` rows are looked at.
  static func size(of count: Int) -> Int { min(count, max(256, min(2_048, count / 8))) }

  /// The numbers of the rows, rising.
  private static func rows(of count: Int) -> [Int] {
    let size = size(of: count)
    guard size < count else { return Array(0..<count) }
    let key = Philox.key(seed: 0, component: "sample")
    let words = [UInt64](unsafeUninitializedCapacity: size) { buffer, filled in
      filled = size
      RandomFill.bits(
        key: key, step: 0, index: 0, UnsafeMutableBufferPointer(rebasing: buffer[..<size]))
    }
    // The first `size` places of a shuffle by Fisher and Yates.
    var order = Array(0..<count)
    for place in 0..<size { order.swapAt(place, place + Int(words[place] % UInt64(count - place))) }
    return order[..<size].sorted()
  }

  /// The figures of its rows at a point [n]: those of ``Score``, `accuracy` of classes, and those that are selected; of random
  /// draws the means over ``Draws/lookCount``.
  ///
  /// - Throws: what the model or the dataset throws.
  func figures(
    of parameters: [Double], _ selection: MetricSelection = .none
  ) throws(ComponentError) -> [String: Double] {
    let made: SplitEvaluator
    if let evaluator {
      made = evaluator
    } else {
      made = try SplitEvaluator(split, rows: rows, of: table, parts)
    }
    evaluator = made
    let count = Objective.isStochastic(parts) ? Draws.lookCount : 1
    var means: [String: Double] = [:]
    for draw in 0..<count {
      let figures = try made.figures(at: parameters, draws: .look(draw), selection)
      for (name, figure) in figures { means[name, default: 0] += figure.value / Double(count) }
    }
    if let scalarLoss = parts.scalarLoss {
      // Of mean objectives, which may be another one than the mean loss.
      let names = parts.dataset.datasetDescription.objectives.map(\.name)
      means["loss"] = scalarLoss.loss(of: names.map { means[$0] ?? .nan })
    }
    return means
  }
}
