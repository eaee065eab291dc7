internal import QHostInterfaces
internal import QHostNetworks
internal import QHostRandomness

/// A fixed sample of the rows of a split, on which a run is looked at while it goes on.
///
/// It is the same for every optimizer and seed: all rows of a small split, an eighth of them, but 256 to 2,048,
/// of a larger one. Of a stream they are its first ones, for state goes on from row to row.
final class SplitSample {
  private let split: Split
  private let parts: Objective.Parts
  private let table: SampleTable
  private let rows: [Int]
  private var samples: SampleEvaluator?
  private var scenario: ScenarioEvaluator?

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

  /// The mean loss of its rows at a point [n], and the part of them whose class is right.
  ///
  /// - Throws: what the model or the dataset throws.
  func figures(
    of parameters: [Double]
  ) throws(ComponentError) -> (loss: Double, accuracy: Double?) {
    let evaluator: any Evaluator
    if Objective.isDirect(parts) {
      let made =
        scenario
        ?? ScenarioEvaluator(
          dataset: parts.dataset, split: split, culprit: "dataset '\(parts.datasetName)'")
      if scenario == nil { made.load(rows[...]) }
      scenario = made
      evaluator = made
    } else {
      let made =
        samples
        ?? SampleEvaluator(
          model: parts.model, scorer: Objective.scorer(parts, split), costs: Objective.costs(parts),
          table: table, pool: parts.pool, split: split)
      if samples == nil { try made.load(rows[...]) }
      samples = made
      evaluator = made
    }
    let description = parts.dataset.datasetDescription
    let isClassified = description.task == .classification
    let count = parts.model.modelDescription.isStochastic ? Draws.lookCount : 1
    var (loss, accuracy) = (0.0, 0.0)
    for draw in 0..<count {
      loss += try evaluator.loss(at: parameters, draws: .look(draw)) / Double(count)
      guard isClassified, let samples else { continue }
      accuracy += samples.accuracy(table, classCount: description.output.count) / Double(count)
    }
    return (loss, isClassified && samples != nil ? accuracy : nil)
  }
}

extension SampleEvaluator {
  /// The part of its rows whose class is that of the last point's outputs.
  func accuracy(_ table: SampleTable, classCount: Int) -> Double {
    var errors = 0
    for block in blocks {
      let labels = block.rows.map { table.targets[$0] }
      labels.withUnsafeBufferPointer { labels in
        errors += LossKernel.errorCount(
          outputs: block.outputs(of: 0), labels: labels, classCount: classCount,
          rowCount: block.rowCount)
      }
    }
    return 1 - Double(errors) / Double(rowCount)
  }
}
