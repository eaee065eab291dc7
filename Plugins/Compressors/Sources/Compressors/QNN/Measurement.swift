internal import QHostInterfaces

/// How probabilities become known: exactly, or by shots of a device that errs.
struct Measurement: Sendable {
  /// `nil`: exact probabilities.
  let shots: Int?
  let noise: CircuitNoise
  let trajectories: Int

  /// Whether nothing about it is random.
  var isExact: Bool { shots == nil && noise.depolarising == 0 }

  /// - Throws: kind `parameter` for a number of shots that is none.
  init(_ configuration: Configuration) throws(ComponentError) {
    let text = configuration.text("shots")
    if text == "inf" {
      shots = nil
    } else {
      guard let count = Int(text), (1...Self.mostShots).contains(count) else {
        throw .parameter(
          "shots=\(text) is not a number of shots; give an integer from 1 to \(Self.mostShots), "
            + "or inf for exact probabilities")
      }
      shots = count
    }
    noise = CircuitNoise(
      depolarising: configuration.real("depolarising"), readout: configuration.real("readout"))
    trajectories = configuration.integer("trajectories")
  }

  private static let mostShots = 1_000_000_000

  static let parameters: [ParameterDescriptor] = [
    .text(
      "shots", default: "inf",
      "Measurements of a forward pass, from 1 on; inf: exact probabilities."),
    .real(
      "depolarising", default: 0, in: 0...1,
      "The probability that a gate replaces a qubit by a random one."),
    .real("readout", default: 0, in: 0...0.5, "The probability that a bit is read wrongly."),
    .integer(
      "trajectories", default: 16, in: 1...1_000_000,
      "Runs of the circuit with errors that a forward pass averages, where depolarising is above 0."
    ),
  ]

  /// Writes what is measured in draw `draw`, [2^N].
  func measure(
    ansatz: Ansatz, angles: UnsafeBufferPointer<Double>, engine: any CircuitRunning,
    host: any HostServices, draw: UInt64, into p: UnsafeMutableBufferPointer<Double>
  ) {
    if noise.depolarising > 0 {
      average(ansatz, angles, engine, host, draw, p)
    } else {
      engine.probabilities(angles: angles, into: p)
    }
    noise.read(p)
    guard let shots else { return }
    Multinomial(UnsafeBufferPointer(p)).sample(
      shots: shots, host: host, step: draw, index: QNNStreams.shots, into: p)
  }

  /// The mean over trajectories.
  private func average(
    _ ansatz: Ansatz, _ angles: UnsafeBufferPointer<Double>, _ engine: any CircuitRunning,
    _ host: any HostServices, _ draw: UInt64, _ p: UnsafeMutableBufferPointer<Double>
  ) {
    let gates = ansatz.gates
    var one = [Double](repeating: 0, count: p.count)
    p.update(repeating: 0)
    for trajectory in 0..<trajectories {
      let uniforms = host.uniforms(
        step: draw, index: QNNStreams.trajectories + UInt64(trajectory),
        count: CircuitNoise.placeCount(gates))
      let errors = noise.errors(gates: gates, uniforms: uniforms)
      one.withUnsafeMutableBufferPointer {
        engine.probabilities(angles: angles, errors: errors, into: $0)
      }
      for place in p.indices { p[place] += one[place] / Double(trajectories) }
    }
  }
}
