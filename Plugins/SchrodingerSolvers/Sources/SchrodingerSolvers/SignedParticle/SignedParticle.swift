public import QHostInterfaces

/// Sellier's signed particles: an ensemble that carries Wigner's function of a packet.
///
/// Particles fly as Newton's do in the parabola nearest to the potential; the rest of it makes them
/// create pairs of opposite signs; opposite signs in one cell of phase space annihilate. Imaginary time
/// is Bloch's equation for the same ensemble, for which the source has no counterpart.
///
/// Source: Sellier, J. Comput. Phys. 297 (2015) 254; written from its equations. *Deviations*: the
/// plugin's Documentation/SignedParticle.md.
public final class SignedParticle: SolverComponent {
  /// The component's description.
  public static let descriptor = ComponentDescriptor(
    name: "signed-particle",
    summary: "Newtonian particles with signs that create pairs and annihilate: Wigner's function.",
    source: "Sellier, J. Comput. Phys. 297 (2015) 254",
    parameters: [
      .integer(
        "particles", default: 512, in: 64...10_000_000, tunable: true,
        "Particles of a packet at the start, and of a ground state throughout."),
      .positive(
        "coherence", default: 0.5, upTo: 1, tunable: true, logarithmic: false,
        "The coherence length, in extents of the grid."),
      .integer(
        "steps", default: 60, in: 10...10_000_000, tunable: true,
        "Steps of a ground state that are averaged; half as many come before."),
      .positive(
        "step", default: 0.1, upTo: 1, tunable: true,
        "The time step of a ground state, in ħ over a typical energy of the packet."),
    ])

  /// All of them.
  public static let modes: Set<Packets.Mode> = [.real, .imaginary, .groundState]
  /// The line alone.
  public static let topologies: Set<Packets.Topology> = [.line]

  let count: Int
  let coherence: Double
  let stepCount: Int
  let relativeStep: Double
  let host: any HostServices
  var ensemble: SignedParticles
  var hopping: [Double] = []
  var hasWarned = false

  /// Makes an instance.
  public init(request: ComponentRequest) throws(ComponentError) {
    count = request.configuration.integer("particles")
    coherence = request.configuration.real("coherence")
    stepCount = request.configuration.integer("steps")
    relativeStep = request.configuration.real("step")
    host = request.host
    ensemble = SignedParticles(noise: PacketNoise(host: request.host))
  }

  /// Evolves the batch and fills its results.
  ///
  /// - Throws: `unsupported` beyond the line.
  public func evolve(_ packets: inout Packets) throws(ComponentError) {
    try packets.hopping(into: &hopping)
    guard packets.topology == .line else {
      throw .unsupported(
        "signed-particle does not support lattices; take finite-difference or split-operator for whole "
          + "numbers and categories")
    }
    if let place = packets.potentials.firstIndex(where: { !$0.isFinite }) {
      throw packets.notFinite(packet: place / packets.gridCount)
    }
    if packets.mode != .groundState { try packets.checkTime() }
    packets.prepareResults()
    for packet in 0..<packets.packetCount {
      ensemble.noise.restart(for: packet, of: packets)
      ensemble.restartCreation(gridCount: packets.gridCount)
      switch packets.mode {
      case .groundState: findGroundState(packet, &packets)
      case .imaginary: try evolveInImaginaryTime(packet, &packets)
      case .real: try evolveInRealTime(packet, &packets)
      }
    }
  }

  /// N: half the coherence length in grid points.
  func reach(_ packets: Packets) -> Int {
    max(2, Int((coherence * Double(packets.gridCount + 1) / 2).rounded()))
  }

  /// The grid and the cells of phase space.
  func space(_ packets: Packets, unit: Double) -> SignedParticles.Space {
    SignedParticles.Space(
      origin: packets.origin, spacing: packets.spacing, gridCount: packets.gridCount, unit: unit,
      highestMomentum: Double.pi * packets.hbar / packets.spacing)
  }

  /// Runs `body` with a packet's potential.
  func withCurve<Result>(
    _ packet: Int, _ packets: Packets, _ body: (PotentialCurve) -> Result
  ) -> Result {
    let row = packet * packets.gridCount..<(packet + 1) * packets.gridCount
    return packets.potentials.withUnsafeBufferPointer {
      body(
        PotentialCurve(
          values: UnsafeBufferPointer(rebasing: $0[row]), origin: packets.origin,
          spacing: packets.spacing))
    }
  }

  /// The kernel of a potential less a parabola.
  func kernel(
    _ curve: PotentialCurve, without part: QuadraticPart, _ packets: Packets, isReal: Bool
  ) -> WignerKernel {
    let residual = curve.values.indices.map {
      curve.values[$0] - part.value(at: packets.origin + Double($0) * packets.spacing)
    }
    // What is left of a parabola by rounding creates nothing.
    let largest = curve.values.reduce(0) { max($0, abs($1)) }
    let isParabola = residual.allSatisfy { abs($0) <= 1e-12 * largest }
    return WignerKernel(
      residual: isParabola ? residual.map { _ in 0 } : residual, reach: reach(packets),
      spacing: packets.spacing, hbar: packets.hbar, isReal: isReal)
  }
}
