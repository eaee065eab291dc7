public import QHostInterfaces

/// Gaussian packets in real time, walkers with long jumps in imaginary time.
///
/// Real time: ψ is a Gaussian of mean q, momentum p, width σ and its momentum π, moved by the
/// time-dependent variational principle. Imaginary time: walkers sample ψ ≥ 0, drift by the kinetic
/// propagator and are born and die by the potential; relativistic jumps spread them first.
///
/// Source: Heller, J. Chem. Phys. 64 (1976) 63; Stella, Santoro, Tosatti, Phys. Rev. B 73 (2006)
/// 144302. *Deviations*: the plugin's Documentation/Mesoscopic.md.
public final class Mesoscopic: SolverComponent {
  /// The component's description.
  public static let descriptor = ComponentDescriptor(
    name: "mesoscopic",
    summary: "Gaussian packets in real time; walkers with long jumps for ground states.",
    source: "Stella, Santoro, Tosatti, Phys. Rev. B 73 (2006) 144302",
    parameters: [
      .integer(
        "walkers", default: 256, in: 16...10_000_000, tunable: true,
        "Walkers of a packet in imaginary time and for a ground state."),
      .integer(
        "steps", default: 100, in: 10...10_000_000, tunable: true,
        "Steps of a ground state's walkers that are averaged; half as many come before."),
      .positive(
        "step", default: 0.1, upTo: 1, tunable: true,
        "The time step of a ground state, in ħ over a typical energy of the packet."),
      .positive(
        "rest_energy", default: 0.1, upTo: 1e6, tunable: true,
        "mc² of the jumps that spread the walkers, in typical energies; the less, the longer."),
    ])

  /// All of them.
  public static let modes: Set<Packets.Mode> = [.real, .imaginary, .groundState]
  /// The line alone.
  public static let topologies: Set<Packets.Topology> = [.line]

  let stepCount: Int
  let relativeStep: Double
  let restEnergy: Double
  var hopping: [Double] = []
  var walkers: Walkers
  var amplitudes: [Double] = []

  /// Makes an instance.
  public init(request: ComponentRequest) throws(ComponentError) {
    stepCount = request.configuration.integer("steps")
    relativeStep = request.configuration.real("step")
    restEnergy = request.configuration.real("rest_energy")
    walkers = Walkers(
      count: request.configuration.integer("walkers"), noise: PacketNoise(host: request.host))
  }

  /// Evolves the batch and fills its results.
  ///
  /// - Throws: `unsupported` beyond the line, and in imaginary time for a wave function with an
  ///   imaginary part or a change of sign.
  public func evolve(_ packets: inout Packets) throws(ComponentError) {
    try packets.hopping(into: &hopping)
    guard packets.topology == .line else {
      throw .unsupported(
        "mesoscopic does not support lattices; take finite-difference or split-operator for integers "
          + "and categories")
    }
    if let place = packets.potentials.firstIndex(where: { !$0.isFinite }) {
      throw packets.notFinite(packet: place / packets.gridCount)
    }
    packets.prepareResults()
    switch packets.mode {
    case .groundState: findGroundStates(&packets)
    case .imaginary: try evolveInImaginaryTime(&packets)
    case .real: try evolveInRealTime(&packets)
    }
  }
}
