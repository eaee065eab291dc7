internal import QHostInterfaces

/// A model of ours at its trained parameters.
struct TrainedNetwork: DeployableNetwork {
  let parts: Objective.Parts
  /// [n].
  let parameters: [Double]

  func graph() throws(ComponentError) -> Graph { try parts.model.graph(parameters: parameters) }

  func outputs(_ split: Split, _ table: SampleTable) throws(ComponentError) -> [Float] {
    try NetworkOutputs(parts, split, table).of(parameters, rows: 0..<table.rowCount)
  }
}

/// What a model gives for rows of a split, a part of them at a time.
final class NetworkOutputs {
  private let evaluator: SampleEvaluator
  private let outputCount: Int

  /// Prepares a model; the rows of a stream are bound one after the other where it is live, as where a model is used.
  init(_ parts: Objective.Parts, _ split: Split, _ table: SampleTable, isLive: Bool = false) {
    evaluator = SampleEvaluator(
      model: parts.model, scorer: Objective.scorer(parts, split), costs: Objective.costs(parts),
      table: table, pool: parts.pool, split: split, isLive: isLive)
    outputCount = parts.dataset.datasetDescription.output.count
  }

  /// The outputs [B × C] of rows at a point [n], row by row.
  ///
  /// - Throws: what the model throws.
  func of(
    _ parameters: [Double], rows: Range<Int>, draw: Int = 0
  ) throws(ComponentError) -> [Float] {
    try evaluator.load(Array(rows)[...])
    return try again(parameters, rows: rows, draw: draw)
  }

  /// The outputs of the rows that were taken last, of another draw.
  func again(
    _ parameters: [Double], rows: Range<Int>, draw: Int
  ) throws(ComponentError) -> [Float] {
    _ = try evaluator.score(at: parameters, draws: .report(draw))
    var values = [Float](repeating: 0, count: outputCount * rows.count)
    for block in evaluator.blocks {
      let outputs = block.outputs(of: 0)
      for (place, row) in block.rows.enumerated() {
        for unit in 0..<outputCount {
          values[(row - rows.lowerBound) * outputCount + unit] =
            outputs[
              unit * block.rowCount + place]
        }
      }
    }
    return values
  }
}
