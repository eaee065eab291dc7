public import QHostInterfaces

/// The calibration rows as levels, with what the network is to give.
public struct TuningRows: Sendable {
  /// N, the number of rows.
  let count: Int
  /// F, the numbers in one input.
  let width: Int
  /// [N × F], row by row.
  let levels: [UInt8]
  /// What outputs are compared with.
  let goal: TuningGoal
  /// The rows that decide about changes, ascending.
  public let deciding: [Int]
  /// The rows that choose among networks, ascending.
  public let heldOut: [Int]

  /// The fewest rows.
  static let fewest = 20

  /// Takes the rows of `calibration` and holds out a random `part` of them.
  ///
  /// - Throws: kind `data` for too few rows, or none that say what is right.
  public init(
    _ calibration: Calibration, model: DeployedModel, goal: TuningGoal, heldOut part: Double,
    host: any HostServices
  ) throws(ComponentError) {
    count = calibration.rowCount
    width = model.network.inputCount
    guard count >= Self.fewest else {
      throw .data(
        "target.finetune needs at least \(Self.fewest) calibration rows, and there are \(count); give "
          + "more, or set it to false")
    }
    levels = calibration.inputs.map { model.level($0) }
    self.goal = goal
    let heldOutCount = min(max(Int((Double(count) * part).rounded()), 1), count - 1)
    var random = RandomStream(host: host, index: 1)
    var order = Array(0..<count)
    for place in 0..<heldOutCount {
      order.swapAt(place, place + random.integer(below: count - place))
    }
    heldOut = order[..<heldOutCount].sorted()
    deciding = order[heldOutCount...].sorted()
  }
}
