internal import QHostInterfaces
internal import QHostMemory

/// The objective of a scenario whose parameters are the outputs themselves: nothing to compute in
/// between, and full precision.
final class ScenarioEvaluator: Evaluator {
  private let scorer: ScenarioScorer
  private var rows: [Int] = []
  private var cuts: [any ScenarioCuts] = []
  private let scratch = Scratch()

  init(dataset: any Dataset, split: Split, culprit: String) {
    scorer = ScenarioScorer(dataset, split, culprit: culprit)
  }

  var rowCount: Int { rows.count }
  var shape: ScoreShape { scorer.shape }
  let keepsLosses = false

  /// Takes the rows of a batch.
  func load(_ rows: ArraySlice<Int>) {
    self.rows = Array(rows)
    cuts = []
  }

  func evaluate(
    points: UnsafeBufferPointer<Double>, draws: Draws, into scores: ScoreBuffer
  ) throws(ComponentError) {
    if rows.count == 1 {
      try scorer.score(row: rows, points: points, draws: draws, into: scores)
    } else {
      try evaluateRows(points, draws, scores)
    }
    try scorer.check(scores)
  }

  /// Every row has the same outputs, written once for each as the interface wants them.
  private func evaluateRows(
    _ points: UnsafeBufferPointer<Double>, _ draws: Draws, _ scores: ScoreBuffer
  ) throws(ComponentError) {
    let c = points.count / scores.count
    let memory = scratch.reserve((c + shape.width) * rows.count)
    let outputs = UnsafeMutableBufferPointer(rebasing: memory[..<(c * rows.count)])
    let rowScores = UnsafeMutableBufferPointer(rebasing: memory[(c * rows.count)...])
    for point in 0..<scores.count {
      for unit in 0..<c {
        for row in rows.indices { outputs[unit * rows.count + row] = points[point * c + unit] }
      }
      try scorer.sum(
        rows: rows, outputs: UnsafeBufferPointer(outputs), draws: draws.dropping(point),
        memory: rowScores, into: scores[point..<point + 1])
    }
  }

  func gradient(
    point: UnsafeBufferPointer<Double>, draws: Draws,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    let scale = 1 / Double(rows.count)
    guard rows.count > 1 else {
      return try scorer.gradient(row: rows[0], outputs: point, into: gradient)
    }
    gradient.update(repeating: 0)
    let part = UnsafeMutableBufferPointer(rebasing: scratch.reserve(point.count)[...])
    var loss = 0.0
    for row in rows {
      loss += scale * (try scorer.gradient(row: row, outputs: point, into: part))
      for index in gradient.indices { gradient[index] += scale * part[index] }
    }
    return loss
  }

  func openCuts(base: UnsafeBufferPointer<Double>, noise: CutNoise?) throws(ComponentError) {
    cuts = []
    for row in rows {
      cuts.append(try scorer.dataset.makeCuts(scorer.split, row: row, outputs: base))
    }
  }

  func cut(_ query: CutQuery, into scores: ScoreBuffer) throws(ComponentError) -> Double? {
    scores.clear()
    let memory = scratch.reserve(query.offsetCount * shape.width)
    let rowScores = ScoreBuffer(memory, count: query.offsetCount, shape)
    for cut in cuts {
      for move in query.moveIndices.indices {
        try cut.move(output: query.moveIndices[move], delta: query.moveDeltas[move])
      }
      for (place, index) in query.indices.enumerated() {
        let start = place * query.offsetCount
        let places = start..<start + query.offsetCount
        try self.cut(cut, index, UnsafeBufferPointer(rebasing: query.offsets[places]), rowScores)
        scores[places].add(rowScores)
      }
    }
    try scorer.check(scores)
    return nil
  }

  private func cut(
    _ cut: any ScenarioCuts, _ index: Int, _ offsets: UnsafeBufferPointer<Double>,
    _ scores: ScoreBuffer
  ) throws(ComponentError) {
    guard shape.hasViolations else {
      return try cut.cut(output: index, offsets: offsets, losses: scores.losses)
    }
    try cut.cut(
      output: index, offsets: offsets, losses: scores.losses, violations: scores.violations)
  }
}
