public import CQHost
public import QHostInterfaces

extension DatasetDescription {
  /// Reads what a plugin's dataset holds.
  init(reading raw: qhost_dataset_description, culprit: String) throws(ComponentError) {
    guard let task = Task(rawValue: raw.task), let scaling = Scaling(rawValue: raw.scaling) else {
      throw ComponentError(
        "\(culprit) has the unknown task \(raw.task) or scaling \(raw.scaling); "
          + "report it to its author")
    }
    guard raw.train_rows >= 1 else {
      throw ComponentError.data("\(culprit) has no training rows; leave some to train on")
    }
    try Self.checkCounts(raw, culprit)
    let input = try Shape(reading: raw.input, role: "\(culprit): its input")
    let output = try Shape(reading: raw.output, role: "\(culprit): its output")
    let expectedWidth = task == .classification ? 1 : task == .regression ? output.count : 0
    guard Int(clamping: raw.target_width) == expectedWidth else {
      throw ComponentError(
        "\(culprit) has targets of \(raw.target_width) numbers, its task needs \(expectedWidth); "
          + "report it to its author")
    }
    let width = UInt64(max(1, input.count + expectedWidth))
    for (name, rows) in Self.counts(raw).prefix(3) where rows > UInt64(TableLimits.numbers) / width
    {
      throw ComponentError(
        "\(culprit) says that its \(name) is \(rows) with \(width) numbers a row, more than a machine "
          + "holds; report it to its author")
    }
    self.init(
      task: task, input: input, output: output, targetWidth: expectedWidth,
      rowCounts: [
        .train: Int(clamping: raw.train_rows), .validation: Int(clamping: raw.validation_rows),
        .test: Int(clamping: raw.test_rows),
      ])
    self.scaling = scaling
    featureNames = textArray(raw.feature_names, input.count)
    outputNames = textArray(raw.output_names, output.count)
    metricNames = textArray(raw.metric_names, Int(raw.metric_count))
    try Self.checkMetricNames(metricNames, culprit)
    outputLower = realArray(raw.output_lower, output.count)
    outputUpper = realArray(raw.output_upper, output.count)
    bestKnownLoss = raw.best_known_loss.isNaN ? nil : raw.best_known_loss
    hasCuts = raw.flags & QHOST_DATASET_CUTS != 0
    source = raw.source.map { String(cString: $0) }
    variantCount = max(1, Int(clamping: raw.variant_count))
  }

  private static func counts(_ raw: qhost_dataset_description) -> [(String, UInt64)] {
    [
      ("train_rows", raw.train_rows), ("validation_rows", raw.validation_rows),
      ("test_rows", raw.test_rows), ("metric_count", UInt64(raw.metric_count)),
      ("variant_count", raw.variant_count),
    ]
  }

  /// Refuses counts that are damaged memory or a mistake, before anything is made as large as they say.
  private static func checkCounts(
    _ raw: qhost_dataset_description, _ culprit: String
  ) throws(ComponentError) {
    let limits = [
      "metric_count": TableLimits.metrics, "variant_count": TableLimits.variants,
    ]
    for (name, count) in counts(raw) {
      let limit = limits[name] ?? TableLimits.numbers
      guard count > UInt64(limit) else { continue }
      throw ComponentError(
        "\(culprit) says that its \(name) is \(count), and \(limit) is the most; report it to its author"
      )
    }
    guard raw.metric_count == 0 || raw.task == QHOST_TASK_SCENARIO else {
      throw ComponentError(
        "\(culprit) has metric_names, which are those of a scenario; leave them out, or declare metrics "
          + "by the capability of qhost/draft/metrics.h")
    }
  }

  /// Checks that the names of metrics are of use: each once, and none that the host gives itself.
  static func checkMetricNames(_ names: [String], _ culprit: String) throws(ComponentError) {
    let own = ["accuracy", "hypervolume", "loss", "r2", "rmse", "violation"]
    for (index, name) in names.enumerated() {
      guard !name.isEmpty, !own.contains(name), !names[..<index].contains(name) else {
        throw ComponentError(
          "\(culprit) names a metric '\(name)'; use each name once, and none that the host has: "
            + own.joined(separator: ", "))
      }
    }
  }

  /// The description as a C struct in an arena.
  public func stored(in arena: Arena) -> UnsafePointer<qhost_dataset_description> {
    var raw = qhost_dataset_description.sized()
    raw.task = task.rawValue
    raw.scaling = scaling.rawValue
    raw.flags = hasCuts ? QHOST_DATASET_CUTS : 0
    raw.metric_count = UInt32(metricNames.count)
    raw.train_rows = UInt64(rowCount(.train))
    raw.validation_rows = UInt64(rowCount(.validation))
    raw.test_rows = UInt64(rowCount(.test))
    raw.target_width = UInt64(targetWidth)
    raw.input = input.stored(in: arena)
    raw.output = output.stored(in: arena)
    raw.feature_names = arena.texts(featureNames)
    raw.output_names = arena.texts(outputNames)
    raw.metric_names = arena.texts(metricNames)
    raw.output_lower = outputLower.isEmpty ? nil : UnsafePointer(arena.array(outputLower))
    raw.output_upper = outputUpper.isEmpty ? nil : UnsafePointer(arena.array(outputUpper))
    raw.best_known_loss = bestKnownLoss ?? .nan
    raw.source = arena.text(source)
    raw.variant_count = UInt64(variantCount)
    return UnsafePointer(arena.value(raw))
  }
}
