internal import QHostInterfaces

/// The work of passes and cuts, in units of ``PassWork``: 0.02 ns.
///
/// Events and neurons are what the kernels take by the README's table; the others are estimates from counts of operations, which
/// no calibration has been made for.
struct SpikingWork: Sendable {
  /// 16 weights of an event.
  static let event = 31.0
  /// 16 neurons in a step, whose spikes are listed.
  static let neurons = 60.0
  /// A step of a row, beside that.
  static let step = 100.0
  /// A parameter that is made single.
  static let parameter = 20.0
  /// One neuron in a step at up to 16 offsets.
  static let lane = 150.0

  /// A call of a cut.
  static let call = 2000.0
  /// An output of a row that is read again.
  static let read = 40.0

  private let network: SpikingNetwork
  private let activity: Double
  /// Of a row, from each layer on.
  private let rows: [Double]

  init(_ network: SpikingNetwork, activity: Double) {
    self.network = network
    self.activity = activity
    let steps = Double(network.encoder.mostSteps)
    var work: [Double] = []
    for (index, layer) in network.layers.enumerated() {
      let rate = index == 0 ? min(1, activity) : 0.1
      let vectors = Double(layer.width / 16)
      let events =
        index == 0 && network.encoder.isConstant
        ? Double(layer.inputCount) / max(steps, 1)
        : rate * Double(layer.inputCount)
      let within = layer.recurrent == nil ? 0 : 0.1 * Double(layer.unitCount)
      work.append(
        steps
          * (Self.step + vectors * (Self.neurons + Self.event * (events + within))))
    }
    work.append(Self.step + 2 * Double(network.readCount * network.outputCount))
    rows = work
  }

  private var row: Double { rows.reduce(0, +) }

  /// Multiply-adds of a pass.
  var multiplyAdds: Int { max(1, Int(row)) }

  /// A forward pass, and forward and backward together.
  var passes: PassWork {
    PassWork(
      row: row, pass: Self.parameter * Double(network.parameterCount), gradientRow: 6 * row,
      gradientPass: 4 * Self.parameter * Double(network.parameterCount))
  }

  /// A cut at so many offsets, or a move, on all rows.
  func cut(index: Int, offsetCount: Int, rowCount: Int) -> Double {
    let (piece, _) = network.place(of: index)
    let count = Double(rowCount)
    guard piece.layer < network.layers.count else {
      return count * Double(max(1, offsetCount)) * 4
    }
    let layer = network.layers[piece.layer]
    let after = rows[(piece.layer + 1)...].reduce(0, +)
    let steps = Double(network.encoder.mostSteps)
    if layer.recurrent != nil {
      return count * Double(max(1, offsetCount)) * (rows[piece.layer] + after)
    }
    let groups = Double((max(1, offsetCount) + 15) / 16)
    let touched = piece.part == .weight ? min(1, activity * steps) : 1
    return count * touched
      * (Self.lane * steps * groups + 0.2 * Double(max(1, offsetCount)) * after)
  }

  /// One offset of a cut as a part of a pass.
  func cutCost(index: Int) -> Double {
    min(1.5, max(1e-6, cut(index: index, offsetCount: 8, rowCount: 1024) / (8 * 1024 * row)))
  }
}
