/// A batch of one-dimensional wave packets in given potentials, and what became of them.
///
/// B packets on one grid of G points, x_g = origin + g · spacing; ψ = 0 beyond it.
public struct Packets: Sendable {
  /// How packets evolve.
  public enum Mode: UInt32, Sendable, CaseIterable {
    /// iħ ∂ψ/∂t = Hψ. The C constant is `QHOST_EVOLVE_REAL`.
    case real = 0
    /// ħ ∂ψ/∂t = −Hψ with ‖ψ‖ = 1. `QHOST_EVOLVE_IMAGINARY`.
    case imaginary
    /// Imaginary time to convergence. `QHOST_EVOLVE_GROUND_STATE`.
    case groundState
  }

  /// Which grid points the kinetic term joins, by hopping of amplitude J = ħ²/(2m·spacing²).
  public enum Topology: UInt32, Sendable, CaseIterable {
    /// A discretised line. The C constant is `QHOST_GRID_LINE`.
    case line = 0
    /// A chain of sites: integer parameters. `QHOST_LATTICE_CHAIN`.
    case chain
    /// All sites joined: categorical parameters. `QHOST_LATTICE_COMPLETE`.
    case complete
  }

  /// How they evolve.
  public var mode: Mode = .groundState
  /// What the grid stands for.
  public var topology: Topology = .line
  /// B ≥ 1.
  public var packetCount: Int
  /// G ≥ 2.
  public var gridCount: Int
  /// x of grid point 0.
  public var origin: Double
  /// The distance of grid points, above 0.
  public var spacing: Double
  /// ħ, above 0.
  public var hbar: Double = 1
  /// How long to evolve, above 0; unused for the ground state.
  public var time: Double = 1
  /// The time steps to divide it into, at least 1.
  public var stepCount: Int = 1
  /// The masses, [B], above 0.
  public var masses: [Double]
  /// The potentials, [B × G], finite.
  public var potentials: [Double]
  /// In and out: real parts of ψ [B × G]; empty: the solver starts from its own choice.
  public var realParts: [Double] = []
  /// In and out: imaginary parts of ψ [B × G]; may be empty in imaginary time.
  public var imaginaryParts: [Double] = []

  /// Out: |ψ|² [B × G], whose sum times spacing is 1.
  public var densities: [Double]
  /// Out: ⟨x⟩ [B].
  public var means: [Double]
  /// Out: ⟨x²⟩ [B].
  public var secondMoments: [Double]
  /// Out: ⟨H⟩ [B].
  public var energies: [Double]
  /// Out: norm after over norm before [B]; 1 in imaginary time.
  public var norms: [Double]

  /// Makes a batch of packets of mass 1 in potentials of 0.
  public init(packetCount: Int, gridCount: Int, origin: Double, spacing: Double) {
    self.packetCount = packetCount
    self.gridCount = gridCount
    self.origin = origin
    self.spacing = spacing
    masses = Array(repeating: 1, count: packetCount)
    potentials = Array(repeating: 0, count: packetCount * gridCount)
    densities = Array(repeating: 0, count: packetCount * gridCount)
    means = Array(repeating: 0, count: packetCount)
    secondMoments = Array(repeating: 0, count: packetCount)
    energies = Array(repeating: 0, count: packetCount)
    norms = Array(repeating: 1, count: packetCount)
  }
}
