internal import QHostBridging
internal import QHostDrawing
public import QHostInterfaces

extension OnlineRun {
  /// The name of the table of the curve.
  public static let curveName = "curve.csv"
  /// The name of the figure of the curve, in the folder of figures.
  public static let figureName = "online"

  /// Writes the model as it stands, the curve as table and as figure, and removes the checkpoint.
  func writeResult(_ folder: String) throws(RunError) -> [RunRecord.Artifact] {
    var artifacts = [try writeModel(folder), try writeCurve(folder)]
    if let predictions {
      artifacts.append(
        RunRecord.Artifact(
          name: PredictionLog.fileName, path: "\(folder)/\(PredictionLog.fileName)",
          bytes: predictions.byteCount))
    }
    let file = "\(RunFigures.folderName)/\(Self.figureName).svg"
    try FileAccess.makeFolder("\(folder)/\(RunFigures.folderName)")
    let bytes = Array(FigureChart(figure).svg.utf8)
    try FileAccess.write(bytes, to: "\(folder)/\(file)")
    artifacts.append(
      RunRecord.Artifact(name: file, path: "\(folder)/\(file)", bytes: bytes.count))
    try FileAccess.remove(folder + "/" + Self.checkpointName)
    return artifacts
  }

  private func writeModel(_ folder: String) throws(RunError) -> RunRecord.Artifact {
    let description = parts.dataset.datasetDescription
    let path = folder + "/" + Self.modelName
    let bytes = try ModelFile.write(
      ModelFile.Description(
        hostVersion: HostTable.version, specification: assembly.specification,
        loss: parts.loss.rawValue, preprocessing: parts.preprocessing,
        input: description.input.extents, output: description.output.extents,
        outputNames: description.outputNames, datasetSHA256: "",
        featureNames: description.featureNames, task: "\(description.task)"),
      parameters: learners[0].point, blocks: parts.model.modelDescription.blocks, to: path)
    return RunRecord.Artifact(name: Self.modelName, path: path, bytes: bytes)
  }

  private func writeCurve(_ folder: String) throws(RunError) -> RunRecord.Artifact {
    var text = "learning,row,window_error,faded_error\n"
    for learner in learners {
      for point in learner.curve.points {
        text += "\(learner.learning.rawValue),\(point.row),\(point.window),\(point.faded)\n"
      }
    }
    let path = folder + "/" + Self.curveName
    try FileAccess.write(Array(text.utf8), to: path)
    return RunRecord.Artifact(name: Self.curveName, path: path, bytes: text.utf8.count)
  }

  /// The error of each model along the stream, with true drifts and detections.
  public var figure: Figure {
    let names: [OnlineSettings.Learning: String] = [
      .continual: "learns all the time", .once: "trained once", .retrained: "retrained",
    ]
    let scale = parts.isClassification ? 100.0 : 1
    var series = learners.map { learner in
      Figure.Series(
        name: names[learner.learning] ?? "", x: learner.curve.points.map { Double($0.row) },
        y: learner.curve.points.map { scale * $0.window })
    }.filter { !$0.x.isEmpty }
    let top = max(series.flatMap(\.y).max() ?? 1, 1e-9)
    let drifts = learners[0].tracker.passages
    if !drifts.isEmpty {
      series.append(
        Figure.Series(
          name: "true drift", mark: .points, x: drifts.map { Double($0.row) },
          y: drifts.map { _ in top }, lower: drifts.map { _ in 0 }, upper: drifts.map { _ in top }))
    }
    if !learners[0].detections.isEmpty {
      series.append(
        Figure.Series(
          name: "detection", mark: .points, x: learners[0].detections.map(Double.init),
          y: learners[0].detections.map { _ in 0 }))
    }
    if series.isEmpty { series = [Figure.Series(name: "no row was scored", x: [0], y: [0])] }
    return Figure(
      name: Self.figureName,
      title: "Error of the last \(settings.windowRows) rows",
      x: Figure.Axis("row"),
      y: parts.isClassification
        ? Figure.Axis("error", unit: "%") : Figure.Axis("mean absolute error"),
      series: series)
  }
}

extension OnlineRun {
  /// The record, and the files of the run.
  func record(isComplete: Bool) throws(RunError) -> OnlineRecord {
    var artifacts: [RunRecord.Artifact] = []
    if let folder, isComplete { artifacts = try writeResult(folder) }
    let dataset = assembly.datasetPlan.map { RunRecord.Component($0) }
    var model = RunRecord.Component(assembly.modelPlan)
    model.parameterCount = parts.start.count
    return OnlineRecord(
      isComplete: isComplete, seed: assembly.specification.seed, loss: parts.loss.rawValue,
      settings: settings, batchRows: parts.batchRows,
      optimizer: RunRecord.Component(assembly.optimizerPlan), model: model, dataset: dataset,
      input: assembly.source.input,
      task: parts.isClassification ? "classification" : "regression", rows: counts.rows,
      rowsPredicted: counts.predicted, rowsWithGaps: counts.withGaps,
      rowsWithoutLabel: counts.withoutLabel, noChangeError: learners[0].scores.noChangeError,
      majorityError: learners[0].scores.majorityError, notes: assembly.stream.notes,
      learners: learners.map {
        OnlineRecord.Learner($0, isClassification: parts.isClassification)
      }, seconds: Double(Clock.nanoseconds() - started) * 1e-9, peakBytes: Clock.peakBytes(),
      artifacts: artifacts)
  }
}
