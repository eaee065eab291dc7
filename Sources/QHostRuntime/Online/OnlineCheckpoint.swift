internal import FoundationEssentials
internal import QHostInterfaces

/// All that an online run needs to continue to the same result as if it had never stopped.
struct OnlineCheckpoint {
  static let fileName = "online-checkpoint.safetensors"

  /// The numbers and texts of a checkpoint.
  struct State: Codable {
    static let format = "qhost.online-checkpoint/1"
    var format = Self.format
    var specification: RunSpecification
    var settings: OnlineSettings
    var source: OnlineSource
    var counts: OnlineCounts
    var fingerprint: UInt64
    var predictionBytes: Int
  }

  var state: State
  /// What the run has beside its learners.
  var run: [UInt8]
  /// Each learner's.
  var learners: [[UInt8]]

  /// Writes it into a run's folder in one step.
  func write(to folder: String) throws(RunError) {
    var file = Safetensors()
    guard let json = try? JSONEncoder().encode(state) else {
      throw RunError(.data, "the checkpoint cannot be written as JSON")
    }
    file.metadata[Safetensors.checkpointKey] = String(decoding: json, as: UTF8.self)
    file.tensors = [("run", Safetensors.Tensor(bytes: run))]
    for (index, bytes) in learners.enumerated() {
      file.tensors.append(("learner-\(index)", Safetensors.Tensor(bytes: bytes)))
    }
    try file.seal()
    try FileAccess.write(try file.encoded(), to: folder + "/" + Self.fileName)
  }

  init(state: State, run: [UInt8], learners: [[UInt8]]) {
    self.state = state
    self.run = run
    self.learners = learners
  }

  /// Reads the checkpoint of a run's folder.
  init(reading folder: String) throws(RunError) {
    let path = folder + "/" + Self.fileName
    guard FileAccess.exists(path) else {
      throw RunError(
        .usage, "'\(folder)' holds no \(Self.fileName); name the folder of an interrupted run")
    }
    let file = try Safetensors(reading: path)
    guard let json = file.metadata[Safetensors.checkpointKey],
      let state = try? JSONDecoder().decode(State.self, from: Data(json.utf8)),
      state.format == State.format, state.counts.rows >= 0, state.predictionBytes >= 0,
      let run = file["run"]?.bytes
    else {
      throw RunError(.data, "'\(path)' is not a checkpoint of this version of qhost; run it again")
    }
    self.state = state
    self.run = run
    learners = (0..<file.tensors.count - 1).compactMap { file["learner-\($0)"]?.bytes }
  }
}
