internal import FoundationEssentials
internal import QHostInterfaces

/// All that a run needs to continue to the same result as if it had never stopped.
package struct Checkpoint {
  package static let fileName = "checkpoint.safetensors"

  /// The numbers and texts of a checkpoint.
  struct State: Codable {
    static let format = "qhost.checkpoint/4"
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
    /// The bits of what follows.
    var bestLoss: UInt64
    var bestViolation: UInt64
    /// Of the best point that was looked at.
    var incumbentLoss: UInt64
    var incumbentViolation: UInt64
    /// The highest loss of all feasible points; `nil` before the first.
    var worstFeasible: UInt64?
    /// Points that the set of non-dominated ones had no room for.
    var prunedCount: Int
    var seconds: Double
    var processorSeconds: Double
    var optimizerSeconds: Double
    /// The passes at which the next look is due; its bits.
    var nextLook: UInt64

    /// The rank of the best point.
    var best: Standing {
      Standing(
        loss: Double(bitPattern: bestLoss), violation: Double(bitPattern: bestViolation))
    }
    /// The rank of the best point that was looked at.
    var incumbent: Standing {
      Standing(
        loss: Double(bitPattern: incumbentLoss), violation: Double(bitPattern: incumbentViolation))
    }

    /// Whether the numbers can be those of a run.
    var isIntact: Bool {
      let counts = [
        lossEvaluations, lossRows, gradientEvaluations, gradientRows, discarded, prunedCount,
      ]
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
  /// The points that no other one dominates, where there are several objectives.
  var front: NondominatedSet
  var events: LossEvents

  /// Writes it into a run's folder in one step.
  func write(to folder: String) throws(RunError) {
    var file = Safetensors()
    guard let json = try? JSONEncoder().encode(state) else {
      throw RunError(.data, "the checkpoint cannot be written as JSON")
    }
    file.metadata[Safetensors.checkpointKey] = String(decoding: json, as: UTF8.self)
    file.tensors = [
      ("optimizer", Safetensors.Tensor(bytes: optimizer)),
      ("base", Safetensors.Tensor(base, shape: [base.count])),
      ("best", Safetensors.Tensor(best.point, shape: [best.point.count])),
      ("incumbent", Safetensors.Tensor(incumbent, shape: [incumbent.count])),
      ("front", Safetensors.Tensor(front.numbers, shape: [front.numbers.count])),
      (
        "improvements",
        Safetensors.Tensor(
          events.events.flatMap {
            [Double($0.evaluations), $0.forwardEquivalents, $0.seconds, $0.loss]
          }, shape: [events.events.count, 4])
      ),
    ]
    try file.seal()
    try FileAccess.write(try file.encoded(), to: folder + "/" + Self.fileName)
  }

  init(
    state: State, optimizer: [UInt8], base: [Double], best: BestPoint, incumbent: [Double],
    front: NondominatedSet, events: LossEvents
  ) {
    self.state = state
    self.optimizer = optimizer
    self.base = base
    self.best = best
    self.incumbent = incumbent
    self.front = front
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
    guard let json = file.metadata[Safetensors.checkpointKey],
      let state = try? JSONDecoder().decode(State.self, from: Data(json.utf8)),
      let optimizer = file["optimizer"]?.bytes, let base = file["base"]?.reals,
      let best = file["best"]?.reals, let incumbent = file["incumbent"]?.reals,
      let improvements = file["improvements"]?.reals, let numbers = file["front"]?.reals,
      let front = NondominatedSet(numbers: numbers, prunedCount: state.prunedCount),
      state.isIntact, improvements.count % 4 == 0,
      stride(from: 0, to: improvements.count, by: 4).allSatisfy({
        (0..<0x1p53).contains(improvements[$0])
      })
    else {
      throw RunError(.data, "'\(path)' is not a checkpoint of this version of qhost; run it again")
    }
    self.state = state
    self.optimizer = optimizer
    self.base = base
    self.best = BestPoint(state.best, point: best)
    self.incumbent = incumbent
    self.front = front
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

extension NondominatedSet {
  /// All of its numbers, as a checkpoint has them: M and n, then each member's evaluations, objectives and
  /// parameters.
  fileprivate var numbers: [Double] {
    guard let first = members.first else { return [] }
    // In steps: as one expression it keeps the compiler's solver busy beyond its limit on a loaded machine.
    var numbers = [Double(first.objectives.count), Double(first.parameters.count)]
    for member in members {
      numbers.append(Double(member.evaluations))
      numbers += member.objectives
      numbers += member.parameters
    }
    return numbers
  }

  /// Reads them; `nil` when they are not what a set has.
  fileprivate init?(numbers: [Double], prunedCount: Int) {
    guard !numbers.isEmpty else {
      self.init()
      return
    }
    guard numbers.count > 2, numbers.allSatisfy({ $0.isFinite }),
      numbers[..<2].allSatisfy({ (1..<0x1p40).contains($0) })
    else { return nil }
    let (m, n) = (Int(numbers[0]), Int(numbers[1]))
    guard (numbers.count - 2) % (1 + m + n) == 0 else { return nil }
    self.init(
      stride(from: 2, to: numbers.count, by: 1 + m + n).map { start in
        Member(
          objectives: Array(numbers[start + 1..<start + 1 + m]),
          parameters: Array(numbers[start + 1 + m..<start + 1 + m + n]),
          evaluations: Int(numbers[start].magnitude < 0x1p53 ? numbers[start] : 0))
      }, prunedCount: prunedCount)
  }
}
