public import QHostInterfaces

/// Finite differences of second order on the grid that the packets come with.
///
/// (Hψ)_g = V_g ψ_g + J Σ_h (ψ_g − ψ_h) over the points h joined to g, J = ħ²/(2m·spacing²); on the
/// line and the chain with ψ = 0 beyond the ends. Real time by Crank and Nicolson's method
/// (Proc. Camb. Phil. Soc. 43, 1947), imaginary time by Alexander's two-stage implicit method
/// (SIAM J. Numer. Anal. 14, 1977), ground states directly.
public final class FiniteDifference: SolverComponent {
  /// The component's description.
  public static let descriptor = ComponentDescriptor(
    name: "finite-difference",
    summary: "Tridiagonal finite differences: exact ground states, Crank-Nicolson in real time.",
    source: "Crank, Nicolson, Proc. Camb. Phil. Soc. 43 (1947) 50",
    parameters: [
      .positive(
        "tolerance", default: 1e-6, upTo: 0.1,
        "How much of other states may be left in the amplitudes of a ground state.")
    ])

  /// All of them.
  public static let modes: Set<Packets.Mode> = [.real, .imaginary, .groundState]
  /// All of them.
  public static let topologies: Set<Packets.Topology> = [.line, .chain, .complete]

  let tolerance: Double
  var hopping: [Double] = []
  var scratch: [Double] = []
  var real: [Double] = []
  var imaginary: [Double] = []
  var realLogarithms: [Double] = []
  var imaginaryLogarithms: [Double] = []

  /// Makes an instance.
  public init(request: ComponentRequest) throws(ComponentError) {
    tolerance = request.configuration.real("tolerance")
  }

  /// Evolves the batch and fills its results.
  public func evolve(_ packets: inout Packets) throws(ComponentError) {
    try packets.hopping(into: &hopping)
    packets.prepareResults()
    switch packets.mode {
    case .groundState: try findGroundStates(&packets)
    case .imaginary: try evolveInImaginaryTime(&packets)
    case .real: try evolveInRealTime(&packets)
    }
  }

  /// Makes a buffer at least `count` long.
  func reserve(_ buffer: inout [Double], _ count: Int) {
    if buffer.count < count { buffer = Array(repeating: 0, count: count) }
  }
}
