internal import FoundationEssentials
internal import QHostBridging
internal import QHostInterfaces

extension TrainingRun {
  /// The folder of models that were kept on the way, within that of the run.
  public static let snapshotFolderName = "snapshots"
  /// The most of them in a decade of passes.
  public static let mostSnapshots = 1_000

  /// The models that a run's folder has from on the way, in their order.
  public static func snapshotNames(in folder: String) -> [String] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(snapshotFolderName)"))
      ?? []
    return names.filter { $0.hasSuffix(".safetensors") }.sorted().map {
      "\(snapshotFolderName)/\($0)"
    }
  }

  /// Keeps the model that the run starts with.
  func keepStart() throws(RunError) {
    guard snapshots != nil, objective.cost.evaluations == 0 else { return }
    try keep(assembly.problem.initial, named: "start")
  }

  /// Keeps the model that the run would end with now, if one is due.
  ///
  /// The time that it takes is not the run's.
  func keepModel() throws(RunError) {
    guard let index = snapshots?.take(at: objective.cost.forwardEquivalents) else { return }
    let parameters = try translating { () throws(ComponentError) in try currentParameters() }
    let digits = "\(index)"
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    try keep(parameters, named: "step-\(padding)\(digits)")
  }

  private func keep(_ parameters: [Double], named name: String) throws(RunError) {
    guard let folder else { return }
    try watch.timed { () throws(RunError) in
      let path = "\(folder)/\(Self.snapshotFolderName)"
      try FileAccess.makeFolder(path)
      _ = try ModelFile.write(
        modelDescription(at: objective.cost),
        parameters: assembly.problem.withoutRounding(parameters),
        blocks: assembly.model.modelDescription.blocks, to: "\(path)/\(name).safetensors")
    }
    now = Clock.nanoseconds()
  }

  /// What goes with the parameters of the run's model.
  ///
  /// - Parameter cost: of the run so far; told where models are kept on the way.
  /// - Returns: the description.
  func modelDescription(at cost: Cost) -> ModelFile.Description {
    var description = assembly.fileDescription
    if snapshots != nil {
      description.snapshot = ModelFile.Snapshot(
        passes: cost.forwardEquivalents, evaluations: cost.evaluations)
    }
    return description
  }

  /// What the run has kept on the way.
  func snapshotArtifacts() -> [RunRecord.Artifact] {
    guard let folder, snapshots != nil else { return [] }
    var artifacts: [RunRecord.Artifact] = []
    for name in Self.snapshotNames(in: folder) {
      let path = "\(folder)/\(name)"
      artifacts.append(RunRecord.Artifact(name: name, path: path, bytes: FileAccess.size(path)))
    }
    return artifacts
  }
}
