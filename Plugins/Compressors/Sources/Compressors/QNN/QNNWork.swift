internal import QHostInterfaces

/// What generating weights takes, in units of ``PassWork``: 0.02 ns.
///
/// Fitted to times of one core of an AMD EPYC (Zen 4) for 8 to 20 qubits; see the README.
struct QNNWork {
  /// A layer of a circuit, beside its amplitudes.
  private static let layer = 7_500.0
  /// An amplitude in a layer: some passes over memory, which are slower the larger a state is.
  private static let amplitudePerQubit = 7.4
  private static let amplitudeOffset = -43.0
  private static let amplitudeLeast = 15.0
  /// One gate on an amplitude, where circuits go gate by gate.
  private static let gateAmplitude = 12.0
  /// A gate, beside its amplitudes.
  private static let gate = 3_000.0
  /// Double precision, in single precision's times.
  private static let double = 2.3
  /// A gradient without the forward pass before it, in forward passes: where states are kept, and otherwise.
  private static let backwardKept = 2.4
  private static let backward = 3.0
  /// A weight that is mapped, and its slope.
  private static let weight = 900.0

  /// A block of rows, which weights are made again for.
  private static let blockRows = 1024

  private let circuit: Double
  private let mapping: Double
  private let forward: Double
  private let backward: Double

  init(_ settings: QNNSettings, weightCount: Int) {
    let ansatz = settings.ansatz
    let (n, size) = (Double(ansatz.qubitCount), Double(1 << ansatz.qubitCount))
    let gates = Double(ansatz.gates.count) * (Self.gate + size * Self.gateAmplitude)
    let amplitude = max(Self.amplitudeLeast, Self.amplitudePerQubit * n + Self.amplitudeOffset)
    let isPlain = ansatz.kind == .u3cu3 || ansatz.qubitCount < 8
    var circuit =
      isPlain ? gates : Double(ansatz.rotationLayerCount) * (Self.layer + amplitude * size)
    if settings.measurement.noise.depolarising > 0 {
      circuit = gates * Double(settings.measurement.trajectories)
    }
    circuit *= settings.isDouble ? Self.double : 1
    let shots = Double(settings.measurement.shots ?? 0) * Self.weight
    self.circuit = circuit
    mapping = Self.weight * Double(weightCount)
    forward = circuit + shots + mapping
    let isKept = !isPlain && ansatz.qubitCount <= 13
    backward = (isKept ? Self.backwardKept : Self.backward) * circuit + mapping
  }

  /// The inner model's passes, and the circuit beside the rows.
  func passes(around inner: PassWork) -> PassWork {
    var work = inner
    work.pass += forward
    work.gradientPass += forward + backward
    return work
  }

  /// A cut: along an angle three circuits, or one for a number of the mapping, and for each offset weights and a pass.
  func cut(isAngle: Bool, offsetCount: Int, rowCount: Int, around inner: PassWork) -> Double {
    guard offsetCount > 0 else { return 1 }
    let blocks = Double((rowCount + Self.blockRows - 1) / Self.blockRows)
    let pass = blocks * (mapping + inner.pass) + inner.row * Double(rowCount)
    return (isAngle ? 3 : 1) * circuit + Double(offsetCount) * pass
  }
  /// The circuit's part of a gradient of so many rows in one block, its way back included and the mapping not.
  func circuitPart(rowCount: Int, around inner: PassWork) -> Double {
    let circuit = forward + backward - 2 * mapping
    return circuit
      / (forward + backward + inner.gradientPass + inner.gradientRow * Double(rowCount))
  }
}
