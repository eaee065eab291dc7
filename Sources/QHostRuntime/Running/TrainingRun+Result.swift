internal import QHostBridging
internal import QHostInterfaces

extension TrainingRun {
  /// The name of the file with the trained model.
  public static let modelName = "model.safetensors"
  /// The name of the file from which an interrupted run continues.
  public static let checkpointName = Checkpoint.fileName
  /// The name of the table of points that no other one dominates.
  public static let frontName = "front.csv"
  /// The name of the file with their parameters.
  public static let frontPointsName = "front.safetensors"
  /// The name of the table with the best point of a scenario that is searched directly.
  public static let pointName = "point.csv"
  /// The name of the file with the best loss against the cost.
  public static let traceName = "trace.csv"

  /// Whether the run's folder holds a checkpoint.
  public var hasCheckpoint: Bool {
    folder.map { FileAccess.exists($0 + "/" + Self.checkpointName) } ?? false
  }

  /// What a folder's checkpoint says that the run is.
  public static func specification(in folder: String) throws(RunError) -> RunSpecification {
    try Checkpoint.specification(in: folder)
  }

  /// Writes the trained model and the trace, and removes the checkpoint of a run that is complete.
  ///
  /// - Throws: kind `resumable` when a file cannot be written and a checkpoint is there to continue from,
  ///   else kind `data`.
  public func writeResult(_ outcome: Outcome) throws(RunError) -> [RunRecord.Artifact] {
    guard let folder else { return [] }
    do throws(RunError) {
      let model = try writeModel(outcome, folder)
      let trace = try writeTrace(folder)
      if outcome.reason != .cancelled {
        try FileAccess.remove(folder + "/" + Self.checkpointName)
      }
      return [model, trace] + (try writePoint(outcome, folder))
        + (try writeFront(outcome.front, folder)) + snapshotArtifacts()
    } catch let error {
      guard hasCheckpoint else { throw error }
      throw RunError(
        .resumable, "\(error.message) (the run's checkpoint is kept: --resume '\(folder)')")
    }
  }

  private func writeModel(
    _ outcome: Outcome, _ folder: String
  ) throws(RunError) -> RunRecord.Artifact {
    let path = folder + "/" + Self.modelName
    let bytes = try ModelFile.write(
      modelDescription(at: outcome.cost), parameters: outcome.parameters,
      blocks: assembly.model.modelDescription.blocks, to: path)
    return RunRecord.Artifact(name: Self.modelName, path: path, bytes: bytes)
  }

  private func writeTrace(_ folder: String) throws(RunError) -> RunRecord.Artifact {
    var text = "evaluations,forward_equivalents,seconds,best_loss\n"
    for step in events.events {
      text += "\(step.evaluations),\(step.forwardEquivalents),\(step.seconds),\(step.loss)\n"
    }
    let path = folder + "/" + Self.traceName
    try FileAccess.write(Array(text.utf8), to: path)
    return RunRecord.Artifact(name: Self.traceName, path: path, bytes: text.utf8.count)
  }
}

extension TrainingRun {
  /// Writes the best point of a scenario that is searched directly, a number a line.
  private func writePoint(
    _ outcome: Outcome, _ folder: String
  ) throws(RunError) -> [RunRecord.Artifact] {
    guard let point = RunRecord.point(outcome.parameters, of: assembly) else { return [] }
    let lines = ["name,value"] + point.map { "\(CSVFieldText.of($0.name)),\($0.value)" }
    return [try write(Array((lines.joined(separator: "\n") + "\n").utf8), Self.pointName, folder)]
  }

  /// Writes the points that no other one dominates: their objectives as a table, and with their parameters.
  private func writeFront(
    _ front: NondominatedSet, _ folder: String
  ) throws(RunError) -> [RunRecord.Artifact] {
    guard objective.shape.objectiveCount > 0 else { return [] }
    let objectives = assembly.data.dataset.datasetDescription.objectives
    var text = (["evaluations"] + objectives.map(\.name)).joined(separator: ",") + "\n"
    for member in front.members {
      let values = zip(objectives, member.objectives).map { $0.value(ofNormalised: $1) }
      text += ([Double(member.evaluations)] + values).map { "\($0)" }.joined(separator: ",") + "\n"
    }
    var file = Safetensors()
    let count = front.members.count
    file.metadata["objectives"] = objectives.map(\.name).joined(separator: ",")
    file.tensors = [
      (
        "objectives",
        Safetensors.Tensor(
          front.members.flatMap {
            zip(objectives, $0.objectives).map { $0.value(ofNormalised: $1) }
          },
          shape: [count, objectives.count])
      ),
      (
        "parameters",
        Safetensors.Tensor(
          front.members.flatMap(\.parameters), shape: [count, objective.dimension])
      ),
    ]
    return [
      try write(Array(text.utf8), Self.frontName, folder),
      try write(try file.encoded(), Self.frontPointsName, folder),
    ]
  }

  private func write(
    _ bytes: [UInt8], _ name: String, _ folder: String
  ) throws(RunError) -> RunRecord.Artifact {
    let path = folder + "/" + name
    try FileAccess.write(bytes, to: path)
    return RunRecord.Artifact(name: name, path: path, bytes: bytes.count)
  }
}

extension RunAssembly {
  /// What the trained model's file tells beside weights.
  package var fileDescription: ModelFile.Description {
    let description = data.dataset.datasetDescription
    return ModelFile.Description(
      hostVersion: HostTable.version, specification: specification, loss: parts.loss.rawValue,
      preprocessing: data.preprocessing, input: data.mapping.input.extents,
      output: data.mapping.output.extents, outputNames: description.outputNames,
      datasetSHA256: data.sha256, featureNames: description.featureNames,
      task: "\(data.mapping.task)")
  }

  /// A folder's name that goes with the run: what it is, and a digest of all that decides its result, the rows
  /// included.
  public var folderName: String {
    let text = ((try? JSONText.of(specification)) ?? "") + data.sha256
    let digest = Array(text.utf8).withUnsafeBytes { SHA256Digest.of($0) }
    let run = specification
    return "\(run.dataset)-\(run.model)-\(run.optimizer)-seed\(run.seed)-\(digest.prefix(8))"
  }
}
