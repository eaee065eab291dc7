internal import QHostInterfaces
internal import QHostMemory

/// The objective of a scenario whose parameters are the outputs themselves: nothing to compute in
/// between, and full precision.
final class ScenarioEvaluator: Evaluator {
  private let dataset: any Dataset
  private let split: Split
  private let culprit: String
  private var rows: [Int] = []
  private var cuts: [any ScenarioCuts] = []
  private let scratch = Scratch()

  init(dataset: any Dataset, split: Split, culprit: String) {
    self.dataset = dataset
    self.split = split
    self.culprit = culprit
  }

  var rowCount: Int { rows.count }
  let keepsLosses = false

  /// Takes the rows of a batch.
  func load(_ rows: ArraySlice<Int>) {
    self.rows = Array(rows)
    cuts = []
  }

  func evaluate(
    points: UnsafeBufferPointer<Double>, count: Int, draws: Draws,
    into losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    if rows.count == 1 {
      try score(points, count, losses)
    } else {
      try evaluateRows(points, count, losses)
    }
    for place in losses.indices where losses[place].isNaN { throw notANumber() }
  }

  private func score(
    _ outputs: UnsafeBufferPointer<Double>, _ count: Int,
    _ losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    do throws(ComponentError) {
      try dataset.score(split, rows: rows, outputs: outputs, pointCount: count, losses: losses)
    } catch let error {
      guard error.severity == .discard else { throw error }
      losses.update(repeating: .infinity)
    }
  }

  /// Every row has the same outputs, written once for each as the interface wants them.
  private func evaluateRows(
    _ points: UnsafeBufferPointer<Double>, _ count: Int,
    _ losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let c = points.count / count
    let memory = scratch.reserve((c + 1) * rows.count)
    let outputs = UnsafeMutableBufferPointer(rebasing: memory[..<(c * rows.count)])
    let rowLosses = UnsafeMutableBufferPointer(rebasing: memory[(c * rows.count)...])
    for point in 0..<count {
      for unit in 0..<c {
        for row in rows.indices { outputs[unit * rows.count + row] = points[point * c + unit] }
      }
      try score(UnsafeBufferPointer(outputs), 1, rowLosses)
      losses[point] = rowLosses.reduce(0, +)
    }
  }

  func gradient(
    point: UnsafeBufferPointer<Double>, draws: Draws,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    throw .unsupported("a scenario has no gradient; pick an optimizer that needs none")
  }

  func openCuts(base: UnsafeBufferPointer<Double>) throws(ComponentError) {
    cuts = []
    for row in rows { cuts.append(try dataset.makeCuts(split, row: row, outputs: base)) }
  }

  func cut(
    _ query: CutQuery, into losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double? {
    losses.update(repeating: 0)
    let rowLosses = scratch.reserve(query.offsetCount)
    for cut in cuts {
      for move in query.moveIndices.indices {
        try cut.move(output: query.moveIndices[move], delta: query.moveDeltas[move])
      }
      for (place, index) in query.indices.enumerated() {
        let start = place * query.offsetCount
        try cut.cut(
          output: index,
          offsets: UnsafeBufferPointer(rebasing: query.offsets[start..<start + query.offsetCount]),
          losses: rowLosses)
        for offset in 0..<query.offsetCount { losses[start + offset] += rowLosses[offset] }
      }
    }
    for place in losses.indices where losses[place].isNaN { throw notANumber() }
    return nil
  }

  private func notANumber() -> ComponentError {
    ComponentError("\(culprit) gave the loss NaN for finite outputs; report it to its author")
  }
}
