internal import FoundationEssentials
internal import QHostInterfaces

/// All that a run needs to go on to the same result as if it had never stopped.
package struct Checkpoint {
  package static let fileName = "checkpoint.safetensors"

  /// The numbers and texts of a checkpoint.
  struct State: Codable {
    static let format = "qhost.checkpoint/3"
    var format = Self.format
    var specification: RunSpecification
    var datasetSHA256: String
    var batchNumber: Int
    var isOnFull: Bool
    var lossEvaluations: Int
    var lossRows: Int
    var gradientEvaluations: Int
    var gradientRows: Int
    var forwardEquivalents: UInt64
    var discarded: Int
    var bestLoss: UInt64
    /// Of the best point that was looked at; its bits.
    var incumbentLoss: UInt64
    var seconds: Double
    var processorSeconds: Double
    var optimizerSeconds: Double
    /// The passes at which the next look is due; its bits.
    var nextLook: UInt64

    /// Whether the numbers can be those of a run.
    var isIntact: Bool {
      let counts = [lossEvaluations, lossRows, gradientEvaluations, gradientRows, discarded]
      return format == Self.format && counts.allSatisfy { $0 >= 0 } && batchNumber >= -1
        && Double(bitPattern: nextLook) >= 0
        && [seconds, processorSeconds, optimizerSeconds].allSatisfy { (0..<1e9).contains($0) }
    }
  }

  var state: State
  var optimizer: [UInt8]
  var base: [Double]
  var best: BestPoint
  /// The best point that was looked at, where losses are random draws; else empty.
  var incumbent: [Double]
  var events: LossEvents

  /// Writes it into a run's folder in one step.
  func write(to folder: String) throws(RunError) {
    var file = Safetensors()
    guard let json = try? JSONEncoder().encode(state) else {
      throw RunError(.data, "the checkpoint cannot be written as JSON")
    }
    file.metadata["qhost.checkpoint"] = String(decoding: json, as: UTF8.self)
    file.tensors = [
      ("optimizer", Safetensors.Tensor(bytes: optimizer)),
      ("base", Safetensors.Tensor(base, shape: [base.count])),
      ("best", Safetensors.Tensor(best.point, shape: [best.point.count])),
      ("incumbent", Safetensors.Tensor(incumbent, shape: [incumbent.count])),
      (
        "improvements",
        Safetensors.Tensor(
          events.events.flatMap {
            [Double($0.evaluations), $0.forwardEquivalents, $0.seconds, $0.loss]
          }, shape: [events.events.count, 4])
      ),
    ]
    try FileAccess.write(try file.encoded(), to: folder + "/" + Self.fileName)
  }

  init(
    state: State, optimizer: [UInt8], base: [Double], best: BestPoint, incumbent: [Double],
    events: LossEvents
  ) {
    self.state = state
    self.optimizer = optimizer
    self.base = base
    self.best = best
    self.incumbent = incumbent
    self.events = events
  }

  /// Reads the checkpoint of a run's folder.
  package init(reading folder: String) throws(RunError) {
    let path = folder + "/" + Self.fileName
    guard FileAccess.exists(path) else {
      throw RunError(
        .usage, "'\(folder)' holds no \(Self.fileName); name the folder of an interrupted run")
    }
    let file = try Safetensors(reading: path)
    guard let json = file.metadata["qhost.checkpoint"],
      let state = try? JSONDecoder().decode(State.self, from: Data(json.utf8)),
      let optimizer = file["optimizer"]?.bytes, let base = file["base"]?.reals,
      let best = file["best"]?.reals, let incumbent = file["incumbent"]?.reals,
      let improvements = file["improvements"]?.reals,
      state.isIntact, improvements.count % 4 == 0,
      stride(from: 0, to: improvements.count, by: 4).allSatisfy({
        (0..<0x1p53).contains(improvements[$0])
      })
    else {
      throw RunError(.data, "'\(path)' is no checkpoint of this version of qhost; run it anew")
    }
    self.state = state
    self.optimizer = optimizer
    self.base = base
    self.best = BestPoint(loss: Double(bitPattern: state.bestLoss), point: best)
    self.incumbent = incumbent
    events = LossEvents(
      stride(from: 0, to: improvements.count, by: 4).map {
        LossEvents.Event(
          evaluations: Int(improvements[$0]), forwardEquivalents: improvements[$0 + 1],
          seconds: improvements[$0 + 2], loss: improvements[$0 + 3])
      })
  }

  /// What a run's folder says that the run is.
  public static func specification(in folder: String) throws(RunError) -> RunSpecification {
    try Checkpoint(reading: folder).state.specification
  }
}
