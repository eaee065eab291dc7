public import QHostInterfaces

/// The split-operator method with the kinetic step as one matrix product over the batch.
///
/// A step is exp(−iV dt/2ħ) exp(−iT dt/ħ) exp(−iV dt/2ħ), T exact in the sines of the box that the
/// grid holds, ψ = 0 one spacing beyond it; imaginary time has −1 for −i. Ground states are the lowest
/// eigenvector of the same T + V.
///
/// Source: Strang, SIAM J. Numer. Anal. 5 (1968) 506; Feit, Fleck, Steiger, J. Comput. Phys. 47
/// (1982) 412. *Deviations*: sines instead of plane waves, a dense propagator instead of two
/// transforms.
public final class SplitOperator: SolverComponent {
  /// The component's description.
  public static let descriptor = ComponentDescriptor(
    name: "split-operator",
    summary: "Strang splitting with the exact kinetic propagator of the grid's sines.",
    source: "Feit, Fleck, Steiger, J. Comput. Phys. 47 (1982) 412",
    parameters: [
      .positive(
        "tolerance", default: 1e-7, upTo: 0.1,
        "How much a ground state's amplitudes may still change in an iteration.")
    ])

  /// All of them.
  public static let modes: Set<Packets.Mode> = [.real, .imaginary, .groundState]
  /// All of them.
  public static let topologies: Set<Packets.Topology> = [.line, .chain, .complete]

  /// What a propagator was made for.
  struct Propagator: Equatable {
    var topology = Packets.Topology.line
    var gridCount = 0
    var phase = 0.0
    var isReal = false
  }

  let tolerance: Double
  var hopping: [Double] = []
  /// T/J of the grid that `kineticOf` names, [G × G].
  var kinetic: [Double] = []
  var kineticOf = Propagator()
  /// cos and −sin of T dt/ħ side by side, or exp(−T dt/ħ); [G × columns].
  var propagator: [Double] = []
  var propagatorOf = Propagator()
  /// Real parts of the batch and then imaginary parts, [2B × padded G].
  var state: [Double] = []
  var product: [Double] = []
  /// Factors of half a potential step and of a whole one, laid out as `state`.
  var half: [Double] = []
  var whole: [Double] = []
  var amplitudes: [Double] = []
  var residual: [Double] = []
  var factor: [Double] = []
  var scratch: [Double] = []

  /// Makes an instance.
  public init(request: ComponentRequest) throws(ComponentError) {
    tolerance = request.configuration.real("tolerance")
  }

  /// Evolves the batch and fills its results.
  public func evolve(_ packets: inout Packets) throws(ComponentError) {
    try packets.hopping(into: &hopping)
    packets.prepareResults()
    prepareKinetic(packets)
    switch packets.mode {
    case .groundState: try findGroundStates(&packets)
    case .imaginary, .real: try evolveInTime(&packets)
    }
  }

  /// Makes a buffer at least `count` long.
  func reserve(_ buffer: inout [Double], _ count: Int) {
    if buffer.count < count { buffer = Array(repeating: 0, count: count) }
  }

  private func prepareKinetic(_ packets: Packets) {
    let wanted = Propagator(topology: packets.topology, gridCount: packets.gridCount)
    guard kineticOf != wanted else { return }
    kinetic = Array(repeating: 0, count: packets.gridCount * packets.gridCount)
    KineticMatrix(topology: packets.topology, gridCount: packets.gridCount)
      .fill(&kinetic, stride: packets.gridCount) { $0 }
    kineticOf = wanted
  }
}
