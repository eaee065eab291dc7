internal import QHostInterfaces

/// Rows of a split, all or a sample, that the figures of parameters are taken on.
final class SplitEvaluator {
  /// Figures by name, with what is known of their errors.
  typealias Figures = [String: MetricValue]

  private let split: Split
  private let table: SampleTable
  private let parts: Objective.Parts
  private let rows: [Int]
  private let metrics: RunMetrics
  private let samples: SampleEvaluator?
  private let scenario: ScenarioEvaluator?

  /// Takes rows, rising.
  ///
  /// - Parameters:
  ///   - split: what they are rows of.
  ///   - rows: their numbers.
  ///   - table: the split's.
  ///   - parts: model, dataset and loss.
  ///   - isLive: whether the rows of a stream are bound one after the other, as where a model is used.
  ///   - isOnce: whether figures are asked for one point only, for which the rows' inputs need not be kept.
  /// - Throws: what the model throws.
  init(
    _ split: Split, rows: [Int], of table: SampleTable, _ parts: Objective.Parts,
    isLive: Bool = false, isOnce: Bool = false
  ) throws(ComponentError) {
    self.split = split
    self.rows = rows
    self.table = table
    self.parts = parts
    metrics = RunMetrics(parts)
    guard !Objective.isDirect(parts) else {
      let made = ScenarioEvaluator(
        dataset: parts.dataset, split: split, culprit: "dataset '\(parts.datasetName)'")
      made.load(rows[...])
      (samples, scenario) = (nil, made)
      return
    }
    let made = SampleEvaluator(
      model: parts.model, scorer: Objective.scorer(parts, split), costs: Objective.costs(parts),
      table: table, pool: parts.pool, split: split, isLive: isLive, isOnce: isOnce)
    try made.load(rows[...])
    (samples, scenario) = (made, nil)
  }

  /// The figures of one draw at a point [n]: those of ``Score``, accuracy of classes, and those that are selected.
  ///
  /// - Throws: what the model or the dataset throws.
  func figures(
    at point: [Double], draws: Draws, _ selection: MetricSelection
  ) throws(ComponentError) -> Figures {
    guard let evaluator: any Evaluator = samples ?? scenario else { return [:] }
    var figures = try evaluator.score(at: point, draws: draws).figures(parts)
      .mapValues { MetricValue($0) }
    // A point that the model finds infeasible has a loss and nothing else.
    guard samples?.blocks.allSatisfy(\.hasOutputs) ?? true else { return figures }
    let description = parts.dataset.datasetDescription
    if let samples, description.task == .classification {
      figures["accuracy"] = MetricValue(
        samples.accuracy(table, classCount: description.output.count))
    }
    if let samples, description.task == .regression, selection.includes(["rmse", "mae", "r2"]) {
      let errors = samples.errors(table, parts.preprocessing)
      figures["rmse"] = MetricValue(errors.rmse)
      figures["mae"] = MetricValue(errors.mae)
      figures["r2"] = MetricValue(errors.r2)
    }
    try addMetrics(to: &figures, at: point, draws[0], selection)
    return figures
  }

  /// Adds what the dataset and the model measure on the outputs of the last point.
  private func addMetrics(
    to figures: inout Figures, at point: [Double], _ draw: UInt64, _ selection: MetricSelection
  ) throws(ComponentError) {
    let sources = metrics.sources.filter { selection.includes($0.names) }
    let isScored = selection.includes(metrics.scenarioNames)
    guard isScored || !sources.isEmpty else { return }
    let outputs = outputs(at: point)
    let keys = rows.map { split.key(ofRow: $0) }
    if isScored {
      let values = try outputs.withUnsafeBufferPointer { (outputs) throws(ComponentError) in
        try parts.dataset.metrics(split, rows: rows, outputs: outputs)
      }
      for (name, value) in zip(metrics.scenarioNames, values) { figures[name] = MetricValue(value) }
    }
    for source in sources {
      let isModel = source.kind == .model
      let seen = isModel ? outputs : restored(outputs)
      try seen.withUnsafeBufferPointer { (outputs) throws(ComponentError) in
        let inputs = isModel ? inputs() : []
        let values = try inputs.withUnsafeBufferPointer { (inputs) throws(ComponentError) in
          try source.provider.measure(
            MetricSample(
              split: split, parameters: isModel ? point : nil, rows: rows, keys: keys, draw: draw,
              inputs: inputs, outputs: outputs))
        }
        for (name, value) in zip(source.names, values) { figures[name] = value }
      }
    }
  }

  /// Outputs [C × B] in the unit of the targets as the dataset has them.
  private func restored(_ outputs: [Double]) -> [Double] {
    guard let preprocessing = parts.preprocessing, preprocessing.targetShift != nil else {
      return outputs
    }
    return outputs.enumerated().map {
      preprocessing.restored($0.element, output: $0.offset / rows.count)
    }
  }

  /// The outputs [C × B] of the last point.
  private func outputs(at point: [Double]) -> [Double] {
    guard let samples else { return point.flatMap { Array(repeating: $0, count: rows.count) } }
    let c = parts.dataset.datasetDescription.output.count
    var outputs = [Double](repeating: 0, count: c * rows.count)
    var start = 0
    for block in samples.blocks {
      let values = block.outputs(of: 0)
      for unit in 0..<c {
        for place in 0..<block.rowCount {
          outputs[unit * rows.count + start + place] = Double(values[unit * block.rowCount + place])
        }
      }
      start += block.rowCount
    }
    return outputs
  }

  /// The inputs [F × B] as the model sees them.
  private func inputs() -> [Float] {
    let size = table.inputCount * rows.count
    return [Float](unsafeUninitializedCapacity: size) { inputs, count in
      table.gatherInputs(ofRows: rows[...], into: inputs)
      count = size
    }
  }
}
