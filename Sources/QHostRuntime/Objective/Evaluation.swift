public import QHostInterfaces

/// How good a trained model is on one split.
///
/// Of a model whose outputs are random draws, figures are means over ``Draws/reportCount`` draws.
public struct Evaluation: Sendable, Equatable {
  /// Figures by name: `loss`; `accuracy` for classes; `rmse` and `r2` for numbers; a scenario's own.
  public var metrics: [String: Double]
  /// The standard errors of figures that are means over draws, by their names; empty where none are.
  public var errors: [String: Double] = [:]

  /// Runs a model over a whole split.
  ///
  /// - Parameters:
  ///   - parameters: [n].
  ///   - split: which rows `table` holds.
  ///   - table: the rows, scaled.
  ///   - parts: model, dataset and loss.
  /// - Throws: what the model or the dataset throws.
  public init(
    of parameters: [Double], on split: Split, table: SampleTable, parts: Objective.Parts
  ) throws(ComponentError) {
    if Objective.isDirect(parts) {
      metrics = try Self.scenario(parameters, split, table, parts)
      return
    }
    let evaluator = SampleEvaluator(
      model: parts.model, scorer: Objective.scorer(parts, split), costs: Objective.costs(parts),
      table: table, pool: parts.pool, split: split, isLive: true)
    try evaluator.load(Array(0..<table.rowCount)[...])
    guard parts.model.modelDescription.isStochastic else {
      metrics = try Self.metrics(parameters, evaluator, .report(0), split, table, parts)
      return
    }
    var draws: [[String: Double]] = []
    for draw in 0..<Draws.reportCount {
      draws.append(try Self.metrics(parameters, evaluator, .report(draw), split, table, parts))
    }
    metrics = [:]
    for name in draws[0].keys { takeMean(of: draws.map { $0[name] ?? .nan }, name) }
  }

  /// Takes the mean of draws as a figure, and its standard error.
  private mutating func takeMean(of values: [Double], _ name: String) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    metrics[name] = mean
    errors[name] = (squares / (count * (count - 1))).squareRoot()
  }

  /// The figures of one draw, or of a model whose outputs are no draws.
  private static func metrics(
    _ parameters: [Double], _ evaluator: SampleEvaluator, _ draws: Draws, _ split: Split,
    _ table: SampleTable, _ parts: Objective.Parts
  ) throws(ComponentError) -> [String: Double] {
    var evaluation = Evaluation(
      metrics: ["loss": try evaluator.loss(at: parameters, draws: draws)])
    let description = parts.dataset.datasetDescription
    switch description.task {
    case .classification:
      evaluation.metrics["accuracy"] = evaluator.accuracy(
        table, classCount: description.output.count)
    case .regression: evaluation.addErrors(evaluator, table)
    case .scenario: try evaluation.addScenario(evaluator, split, table, parts.dataset)
    }
    return evaluation.metrics
  }

  private mutating func addErrors(_ evaluator: SampleEvaluator, _ table: SampleTable) {
    let width = table.targetWidth
    let count = Double(table.rowCount * width)
    var total = 0.0
    for unit in 0..<width {
      let column = (0..<table.rowCount).map { Double(table.targets[$0 * width + unit]) }
      let mean = column.reduce(0, +) / Double(table.rowCount)
      total += column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    var squares = 0.0
    for block in evaluator.blocks {
      let outputs = block.outputs(of: 0)
      for (place, row) in block.rows.enumerated() {
        for unit in 0..<width {
          let difference =
            Double(outputs[unit * block.rowCount + place])
            - Double(table.targets[row * width + unit])
          squares += difference * difference
        }
      }
    }
    metrics["rmse"] = (squares / count).squareRoot()
    metrics["r2"] = total > 0 ? 1 - squares / total : 0
  }

  private mutating func addScenario(
    _ evaluator: SampleEvaluator, _ split: Split, _ table: SampleTable, _ dataset: any Dataset
  ) throws(ComponentError) {
    let names = dataset.datasetDescription.metricNames
    guard !names.isEmpty else { return }
    let c = dataset.datasetDescription.output.count
    var outputs = [Double](repeating: 0, count: c * table.rowCount)
    for block in evaluator.blocks {
      let values = block.outputs(of: 0)
      for (place, row) in block.rows.enumerated() {
        for unit in 0..<c {
          outputs[unit * table.rowCount + row] = Double(values[unit * block.rowCount + place])
        }
      }
    }
    try addMetrics(outputs, split, table.rowCount, dataset)
  }

  private mutating func addMetrics(
    _ outputs: [Double], _ split: Split, _ rowCount: Int, _ dataset: any Dataset
  ) throws(ComponentError) {
    let values = try outputs.withUnsafeBufferPointer { (outputs) throws(ComponentError) in
      try dataset.metrics(split, rows: Array(0..<rowCount), outputs: outputs)
    }
    for (name, value) in zip(dataset.datasetDescription.metricNames, values) {
      metrics[name] = value
    }
  }

  private static func scenario(
    _ parameters: [Double], _ split: Split, _ table: SampleTable, _ parts: Objective.Parts
  ) throws(ComponentError) -> [String: Double] {
    let evaluator = ScenarioEvaluator(
      dataset: parts.dataset, split: split, culprit: "dataset '\(parts.datasetName)'")
    evaluator.load(Array(0..<table.rowCount)[...])
    var evaluation = Evaluation(
      metrics: ["loss": try evaluator.loss(at: parameters, draws: .report(0))])
    let outputs = parameters.flatMap { Array(repeating: $0, count: table.rowCount) }
    if !parts.dataset.datasetDescription.metricNames.isEmpty {
      try evaluation.addMetrics(outputs, split, table.rowCount, parts.dataset)
    }
    return evaluation.metrics
  }

  private init(metrics: [String: Double]) { self.metrics = metrics }
}
