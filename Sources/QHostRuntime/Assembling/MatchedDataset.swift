internal import QHostInterfaces

/// A dataset whose columns and classes are put in the order of a trained model.
///
/// What it measures itself of outputs is asked for only where classes kept their numbers, since it would take another
/// class for the model's.
final class MatchedDataset: Dataset, MetricProviding {
  private let base: any Dataset
  private let match: ColumnMatch
  private let keepsTargets: Bool
  /// What it holds, as the model has it.
  let datasetDescription: DatasetDescription

  /// Matches a dataset to a model.
  ///
  /// - Throws: see ``ColumnMatch``.
  init(
    _ base: any Dataset, to model: ModelColumns, for use: RowUse, culprit: String
  ) throws(RunError) {
    self.base = base
    var description = base.datasetDescription
    match = try ColumnMatch(model, description, for: use, culprit: culprit)
    keepsTargets = use == .evaluation
    description.input = model.input
    description.output = model.output
    description.task = model.task
    description.targetWidth = model.task == .classification ? 1 : model.output.count
    if !model.features.isEmpty { description.featureNames = model.features }
    if !model.outputs.isEmpty { description.outputNames = model.outputs }
    datasetDescription = description
  }

  /// Whether there is nothing to put in order.
  var isIdentity: Bool { keepsTargets && match.isIdentity }
  /// Features of the dataset that the model does not take.
  var extra: [String] { match.extra }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let description = base.datasetDescription
    let (from, to) = (description.input.count, match.features.count)
    let width = description.targetWidth
    let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: rows.count * (from + width))
    defer { memory.deallocate() }
    memory.initialize(repeating: 0)
    let values = UnsafeMutableBufferPointer(rebasing: memory[..<(rows.count * from)])
    let labels = UnsafeMutableBufferPointer(rebasing: memory[(rows.count * from)...])
    try base.read(split, rows: rows, inputs: values, targets: labels)
    for row in rows.indices {
      for (column, place) in match.features.enumerated() {
        inputs[row * to + column] = place.map { values[row * from + $0] } ?? 0
      }
    }
    guard keepsTargets else { return targets.update(repeating: .nan) }
    for place in labels.indices {
      let label = labels[place]
      // What is not a class is for the host's own check of rows to refuse.
      guard !match.classes.isEmpty, label >= 0, label < Float(match.classes.count) else {
        targets[place] = label
        continue
      }
      targets[place] = Float(match.classes[Int(label)])
    }
  }

  func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int] {
    try base.lengths(split, rows: rows)
  }

  var metricDescriptions: [MetricDescription] {
    let isSame = match.classes.isEmpty || match.classes.elementsEqual(match.classes.indices)
    return isSame && keepsTargets
      ? (base as? any MetricProviding)?.metricDescriptions ?? [] : []
  }

  func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    try (base as? any MetricProviding)?.measure(sample) ?? []
  }
}
