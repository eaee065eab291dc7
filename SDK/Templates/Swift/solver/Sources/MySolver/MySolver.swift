public import CQHost
import QHostInterfaces
import QHostSDK

/// Wave packets on a line in imaginary time, by implicit finite differences.
///
/// (1 + Δt (H − min V) / ħ) ψ(t + Δt) = ψ(t), then ‖ψ‖ = 1   (backward Euler)
///
/// (Hψ)_g = V_g ψ_g + J (2ψ_g − ψ_{g−1} − ψ_{g+1}),  J = ħ² / (2m · spacing²)
///
/// Each step solves a tridiagonal system (Thomas). A ground state is the same with Δt = ∞, which is inverse
/// iteration. What `modes` and `topologies` do not name is refused.
final class MySolver: SolverComponent {
  static let descriptor = ComponentDescriptor(
    name: "my-solver", summary: "Imaginary time on a line, by implicit finite differences.")
  static let modes: Set<Packets.Mode> = [.imaginary, .groundState]
  static let topologies: Set<Packets.Topology> = [.line]

  init(request: ComponentRequest) {}

  func evolve(_ packets: inout Packets) throws(ComponentError) {
    guard Self.modes.contains(packets.mode), Self.topologies.contains(packets.topology) else {
      throw .unsupported("my-solver evolves in imaginary time on a line only; use another solver")
    }
    for packet in 0..<packets.packetCount { evolve(&packets, packet) }
  }

  private func evolve(_ p: inout Packets, _ packet: Int) {
    let isGround = p.mode == .groundState
    let all = packet * p.gridCount..<(packet + 1) * p.gridCount
    let potential = Array(p.potentials[all])
    let hopping = p.hbar * p.hbar / (2 * p.masses[packet] * p.spacing * p.spacing)
    let rate = isGround ? 0 : p.hbar * Double(p.stepCount) / p.time  // ħ/Δt
    let starts = !isGround && !p.realParts.isEmpty
    var x = starts ? Array(p.realParts[all]) : Array(repeating: 1, count: p.gridCount)
    for _ in 0..<(isGround ? 500 : p.stepCount) { advance(&x, potential, hopping, rate, p.spacing) }
    var (mean, second, energy) = (0.0, 0.0, 0.0)
    for (g, psi) in x.enumerated() {
      let (place, density) = (p.origin + Double(g) * p.spacing, psi * psi)
      let neighbours = (g > 0 ? x[g - 1] : 0) + (g + 1 < x.count ? x[g + 1] : 0)
      mean += place * density * p.spacing
      second += place * place * density * p.spacing
      energy += psi * (potential[g] * psi + hopping * (2 * psi - neighbours)) * p.spacing
    }
    p.densities.replaceSubrange(all, with: x.map { $0 * $0 })
    if !p.realParts.isEmpty { p.realParts.replaceSubrange(all, with: x) }
    for g in all where !p.imaginaryParts.isEmpty { p.imaginaryParts[g] = 0 }
    (p.means[packet], p.secondMoments[packet], p.energies[packet]) = (mean, second, energy)
    p.norms[packet] = 1
  }

  /// One step: solves (rate + V − min V + 2J) x_g − J (x_{g−1} + x_{g+1}) = x, and normalises.
  private func advance(
    _ x: inout [Double], _ potential: [Double], _ hopping: Double, _ rate: Double, _ spacing: Double
  ) {
    let lowest = potential.min() ?? 0
    var factors = x
    var (above, before) = (0.0, 0.0)
    for g in x.indices {
      let diagonal = rate + potential[g] - lowest + hopping * (2 - above)
      x[g] = (x[g] + hopping * before) / diagonal
      factors[g] = hopping / diagonal
      (above, before) = (factors[g], x[g])
    }
    for g in x.indices.dropLast().reversed() { x[g] += factors[g] * x[g + 1] }
    let norm = (x.reduce(0) { $0 + $1 * $1 } * spacing).squareRoot()
    for g in x.indices { x[g] /= norm }
  }
}

private let plugin = PluginTable(
  vendor: "example", name: "my-solver", version: "0.1.0", summary: "A solver in Swift.",
  components: [.solver(MySolver.self)])

/// The entry that the host looks for: the one symbol of a plugin.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
