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
    let input = try Shape(reading: raw.input, role: "\(culprit): its input")
    let output = try Shape(reading: raw.output, role: "\(culprit): its output")
    let expectedWidth = task == .classification ? 1 : task == .regression ? output.count : 0
    guard Int(clamping: raw.target_width) == expectedWidth else {
      throw ComponentError(
        "\(culprit) has targets of \(raw.target_width) numbers, its task needs \(expectedWidth); "
          + "report it to its author")
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
    outputLower = realArray(raw.output_lower, output.count)
    outputUpper = realArray(raw.output_upper, output.count)
    bestKnownLoss = raw.best_known_loss.isNaN ? nil : raw.best_known_loss
    hasCuts = raw.flags & QHOST_DATASET_CUTS != 0
    source = raw.source.map { String(cString: $0) }
    variantCount = max(1, Int(clamping: raw.variant_count))
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
