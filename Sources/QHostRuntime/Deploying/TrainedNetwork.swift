internal import QHostInterfaces

/// A model of ours at its trained parameters.
struct TrainedNetwork: DeployableNetwork {
  let parts: Objective.Parts
  /// [n].
  let parameters: [Double]

  func graph() throws(ComponentError) -> Graph { try parts.model.graph(parameters: parameters) }

  func outputs(_ split: Split, _ table: SampleTable) throws(ComponentError) -> [Float] {
    let evaluator = SampleEvaluator(
      model: parts.model, scorer: Objective.scorer(parts, split), costs: Objective.costs(parts),
      table: table, pool: parts.pool, split: split)
    try evaluator.load(Array(0..<table.rowCount)[...])
    _ = try evaluator.score(at: parameters, draws: .report(0))
    let count = parts.dataset.datasetDescription.output.count
    var values = [Float](repeating: 0, count: count * table.rowCount)
    for block in evaluator.blocks {
      let outputs = block.outputs(of: 0)
      for (place, row) in block.rows.enumerated() {
        for unit in 0..<count {
          values[row * count + unit] = outputs[unit * block.rowCount + place]
        }
      }
    }
    return values
  }
}
