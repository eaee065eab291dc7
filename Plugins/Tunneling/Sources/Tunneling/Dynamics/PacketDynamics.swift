import QHostInterfaces

/// How packets come to rest in their potentials before they are read out.
///
/// All are in the units of a cut: half the box is 1 long, the loss ranges over 1, masses are 1.
struct PacketDynamics {
  /// The choices.
  enum Kind: String, CaseIterable {
    /// The ground state: imaginary time to its end.
    case groundState = "ground-state"
    /// ħ ∂ψ/∂t = −Hψ for a finite time.
    case imaginaryTime = "imaginary-time"
    /// iħ ∂ψ/∂t = Hψ with Kostin's friction for a finite time.
    case realTime = "real-time"
    /// Quantum Hamiltonian descent.
    case descent = "qhd"
    /// The lowest point of the potential: ħ → 0.
    case minimum
    /// The lowest point of the potential averaged over a Gaussian as wide as the packet would be.
    case smoothing
  }

  /// Which.
  let kind: Kind
  /// How long, in units of box, loss and mass.
  let time: Double
  /// The steps that the time is divided into.
  let stepCount: Int
  /// Kostin's γ, the rate at which momentum is lost.
  let friction: Double

  /// Whether it asks a solver.
  var isQuantum: Bool { kind != .minimum && kind != .smoothing }

  /// Evolves packets that start about `starts` and fills their densities and means.
  ///
  /// - Parameters:
  ///   - packets: potentials and ħ are set.
  ///   - starts: the grid point that each packet starts about, [B]; no use where it has no memory.
  ///   - solver: what solves the equation.
  /// - Throws: what the solver throws, as when it lacks a mode.
  func evolve(
    _ packets: inout Packets, from starts: @autoclosure () -> [Int], with solver: any Solver
  ) throws(ComponentError) {
    switch kind {
    case .groundState:
      packets.mode = .groundState
      try solver.evolve(&packets)
    case .imaginaryTime:
      packets.start(about: starts())
      packets.mode = .imaginary
      packets.time = time
      packets.stepCount = stepCount
      try solver.evolve(&packets)
    case .realTime: try evolveWithFriction(&packets, from: starts(), with: solver)
    case .descent: try descend(&packets, with: solver)
    case .minimum: packets.settleAtLowest(smoothedBy: 0)
    case .smoothing: packets.settleAtLowest(smoothedBy: Self.packetWidth(packets.hbar))
    }
  }

  /// The standard deviation of the ground state in the parabola u², ħ^½ / 8^¼.
  static func packetWidth(_ hbar: Double) -> Double {
    (hbar / 8.0.squareRoot()).squareRoot()
  }
}
