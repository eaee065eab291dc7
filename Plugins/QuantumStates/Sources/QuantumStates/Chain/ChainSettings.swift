internal import QHostInterfaces
internal import QHostNumerics

/// What users set of `spin-chain`.
struct ChainSettings: Sendable {
  static let parameters: [ParameterDescriptor] = [
    .choice(
      "hamiltonian", default: "ising",
      of: [
        .init("ising", "J Σ σz σz - h Σ σx: the transverse-field Ising chain."),
        .init("heisenberg", "J Σ (σx σx + σy σy + σz σz), without a field."),
      ], "The chain, in Pauli matrices; J > 0 is antiferromagnetic."),
    .integer("spins", default: 10, in: 2...64, "Spins of the chain."),
    .real("coupling", default: -1, in: -1e6...1e6, "J; -1 is ferromagnetic."),
    .real(
      "field", default: 1, in: -1e6...1e6,
      "h, of ising; 1 is critical for a coupling of 1 or -1."),
    .choice(
      "boundary", default: "periodic",
      of: [.init("periodic", "A ring."), .init("open", "A chain with ends.")], "The ends."),
    .boolean(
      "sign_rule", default: true,
      "Turn every second spin of a Heisenberg chain about z (W. Marshall 1955), so that its ground state has no signs; only where the chain has two sublattices."
    ),
    .choice(
      "exact", default: "auto",
      of: [
        .init("auto", "Free fermions where they apply, else Lanczos up to 16 spins, else nothing."),
        .init("lanczos", "Exact diagonalisation, up to 16 spins."),
        .init("none", "Nothing."),
      ], "What the energy is compared with."),
  ]

  /// The most spins that are diagonalised exactly.
  static let mostExactSpins = 16

  let isHeisenberg: Bool
  let spinCount: Int
  let coupling: Double
  let field: Double
  let isPeriodic: Bool
  let hasSignRule: Bool
  let exact: String

  init(_ configuration: Configuration) throws(ComponentError) {
    isHeisenberg = configuration.choice("hamiltonian") == "heisenberg"
    spinCount = configuration.integer("spins")
    coupling = configuration.real("coupling")
    field = isHeisenberg ? 0 : configuration.real("field")
    isPeriodic = configuration.choice("boundary") == "periodic"
    exact = configuration.choice("exact")
    let hasSublattices = !isPeriodic || spinCount.isMultiple(of: 2)
    hasSignRule =
      isHeisenberg && coupling > 0 && hasSublattices && configuration.boolean("sign_rule")
    guard exact != "lanczos" || spinCount <= Self.mostExactSpins else {
      let bytes = Lanczos.byteCount(Double(UInt64(1) << UInt64(min(spinCount, 62))))
      throw .parameter(
        "spins=\(spinCount) with exact=lanczos would need \(UInt64(bytes)) bytes for three vectors of 2^\(spinCount) "
          + "amplitudes, and \(Self.mostExactSpins) spins are the most; set fewer spins, or exact=auto"
      )
    }
    guard coupling != 0 || field != 0 else {
      throw .parameter("coupling and field are both 0, and so are all energies; set one of them")
    }
  }

  /// The chain as models see it.
  var hamiltonian: SpinHamiltonian {
    let bonds = (0..<spinCount).map { isPeriodic || $0 + 1 < spinCount ? coupling : 0 }
    let sign: Double = hasSignRule ? -1 : 1
    return SpinHamiltonian(
      z: bonds, x: bonds.map { isHeisenberg ? sign * $0 : 0 },
      h: [Double](repeating: field, count: spinCount))
  }

  /// The lowest energy of the chain, and where it is from; `nil`: nobody knows it.
  func ground() throws(ComponentError) -> (energy: Double, source: String)? {
    guard exact != "none" else { return nil }
    if exact == "auto", !isHeisenberg {
      let energy =
        isPeriodic
        ? FreeFermions.ring(spinCount: spinCount, coupling: coupling, field: field)
        : FreeFermions.open(spinCount: spinCount, coupling: coupling, field: field)
      if let energy { return (energy, "free fermions") }
    }
    guard spinCount <= Self.mostExactSpins else { return nil }
    guard let energy = GroundState.energy(of: hamiltonian) else {
      throw .parameter(
        "Lanczos's recursion did not settle for this chain; set exact=none, or other couplings")
    }
    return (energy, "Lanczos")
  }
}
