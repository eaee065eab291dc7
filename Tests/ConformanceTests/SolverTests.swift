import CQHost
import Glibc
import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Every solver, through its library")
struct SolverTests {
  static let solvers = Bench.all(.solver)

  private func make(
    _ component: BenchComponent, seed: UInt64 = 1, threads: Int = 1
  ) throws -> ForeignSolver {
    try ForeignSolver(
      component.component, request: try component.request(seed: seed, threads: threads))
  }

  /// What became of packets under as many seeds as matter: one, or twelve for a solver that samples.
  private func outcomes(_ component: BenchComponent, _ packets: Packets) throws -> [Packets] {
    let all = try (1...12).map { seed in
      var packets = packets
      try make(component, seed: UInt64(seed)).evolve(&packets)
      return packets
    }
    return all[0].densities == all[1].densities ? [all[0]] : all
  }

  /// Whether a figure is as expected: within the grid's error, and for a solver that samples within
  /// four standard errors and a bias of 0.02, which is more than those solvers state.
  private func isNear(_ figures: [Double], _ expected: Double, within tolerance: Double) -> Bool {
    let mean = figures.reduce(0, +) / Double(figures.count)
    guard figures.count > 1 else { return abs(mean - expected) < tolerance }
    let squares = figures.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let error = (squares / Double(figures.count * (figures.count - 1))).squareRoot()
    return abs(mean - expected) < tolerance + 4 * error + 0.02
  }

  private func has(_ mode: Packets.Mode, _ component: BenchComponent) -> Bool {
    let table = component.component.table.assumingMemoryBound(to: qhost_solver.self).pointee
    return table.modes & (1 << mode.rawValue) != 0
  }

  private func has(_ topology: Packets.Topology, _ component: BenchComponent) -> Bool {
    let table = component.component.table.assumingMemoryBound(to: qhost_solver.self).pointee
    return table.topologies & (1 << topology.rawValue) != 0
  }

  /// Packets of mass 1 and 4 in V = x²/2 about 0 and about 1, from −8 to 8.
  private func oscillators(_ mode: Packets.Mode) -> Packets {
    let (count, spacing) = (257, 0.0625)
    var packets = Packets(packetCount: 2, gridCount: count, origin: -8, spacing: spacing)
    packets.mode = mode
    packets.masses = [1, 4]
    packets.potentials = [0.0, 1.0].flatMap { centre in
      (0..<count).map { point in
        let x = -8 + Double(point) * spacing - centre
        return 0.5 * x * x
      }
    }
    return packets
  }

  @Test("There are solvers, and each has a mode and a topology", arguments: solvers)
  func some(_ component: BenchComponent) {
    #expect(Packets.Mode.allCases.contains { has($0, component) })
    #expect(Packets.Topology.allCases.contains { has($0, component) })
  }

  @Test(
    "The ground state of an oscillator has its energy, place, width and norm", arguments: solvers)
  func groundState(_ component: BenchComponent) throws {
    guard has(.groundState, component), has(.line, component) else { return }
    let results = try outcomes(component, oscillators(.groundState))
    // E₀ = ħω/2 and ⟨(x − c)²⟩ = ħ/(2mω) with ω = 1/√m; the grid's error is of order spacing²/32.
    for (packet, expected) in [(0, (0.5, 0.0, 0.5)), (1, (0.25, 1.0, 0.25))] {
      let (energy, mean, variance) = expected
      #expect(isNear(results.map { $0.energies[packet] }, energy, within: 2e-3))
      #expect(isNear(results.map { $0.means[packet] }, mean, within: 1e-3))
      let spreads = results.map {
        $0.secondMoments[packet] - $0.means[packet] * $0.means[packet]
      }
      #expect(isNear(spreads, variance, within: 4e-3))
      for result in results {
        let density = result.densities[packet * 257..<(packet + 1) * 257]
        #expect(density.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(abs(density.reduce(0, +) * result.spacing - 1) < 1e-9)
      }
    }
  }

  @Test("A displaced packet swings with its norm unchanged in real time", arguments: solvers)
  func realTime(_ component: BenchComponent) throws {
    guard has(.real, component), has(.line, component) else { return }
    var packets = oscillators(.real)
    packets.masses = [1, 1]
    packets.time = 1
    packets.stepCount = 200
    packets.realParts = (0..<2 * 257).map { place in
      let x = -8 + Double(place % 257) * 0.0625 - 2
      return exp(-0.5 * x * x)
    }
    packets.imaginaryParts = Array(repeating: 0, count: 2 * 257)
    let results = try outcomes(component, packets)
    // A coherent state: ⟨x⟩ = c + (x₀ − c) cos t.
    #expect(isNear(results.map { $0.means[0] }, 2 * cos(1), within: 1e-2))
    #expect(isNear(results.map { $0.means[1] }, 1 + cos(1), within: 1e-2))
    for norm in results.flatMap(\.norms) { #expect(abs(norm - 1) < 1e-6) }
  }

  @Test("Imaginary time lowers the energy towards the ground state's", arguments: solvers)
  func imaginaryTime(_ component: BenchComponent) throws {
    guard has(.imaginary, component), has(.line, component) else { return }
    var results: [[Packets]] = []
    for time in [0.25, 1, 8] {
      var packets = oscillators(.imaginary)
      packets.time = time
      packets.stepCount = 400
      packets.realParts = (0..<2 * 257).map { place in
        let x = -8 + Double(place % 257) * 0.0625 - 2
        return exp(-0.5 * x * x)
      }
      results.append(try outcomes(component, packets))
    }
    for norm in results.joined().flatMap(\.norms) { #expect(abs(norm - 1) < 1e-9) }
    #expect(isNear(results[2].map { $0.means[0] }, 0, within: 3e-3))
    // The kinetic energy of a sampled ψ is that of its noise too: only its place tells.
    guard results[2].count == 1 else { return }
    let energies = results.map { $0[0].energies[0] }
    #expect(energies == energies.sorted(by: >))
    #expect(abs(energies[2] - 0.5) < 3e-3)
  }

  @Test("A flat lattice has the ground state of its hopping alone", arguments: solvers)
  func lattices(_ component: BenchComponent) throws {
    let solver = try make(component)
    for topology in [Packets.Topology.chain, .complete] where has(topology, component) {
      guard has(.groundState, component) else { continue }
      var packets = Packets(packetCount: 1, gridCount: 5, origin: 0, spacing: 1)
      packets.topology = topology
      packets.potentials = [2, 2, 0, 2, 2]
      try solver.evolve(&packets)
      let density = packets.densities
      #expect(abs(density.reduce(0, +) * packets.spacing - 1) < 1e-9)
      #expect(density[2] == density.max(), "\(topology): \(density)")
      #expect(abs(density[1] - density[3]) < 1e-6, "\(topology): \(density)")
      #expect(packets.means[0].isFinite)
      #expect(abs(packets.means[0] - 2) < 1e-6)
    }
  }

  @Test("Results repeat, on one thread and on two", arguments: solvers)
  func repeats(_ component: BenchComponent) throws {
    for mode in Packets.Mode.allCases where has(mode, component) && has(.line, component) {
      let results = try [1, 1, 2].map { threads in
        var packets = oscillators(mode)
        packets.time = 0.5
        packets.stepCount = 20
        try make(component, threads: threads).evolve(&packets)
        return packets
      }
      for other in results.dropFirst() {
        #expect(other.densities.map(\.bitPattern) == results[0].densities.map(\.bitPattern))
        #expect(other.energies == results[0].energies)
      }
    }
  }

  @Test("A mode or a topology that it does not have is refused as unsupported", arguments: solvers)
  func unsupported(_ component: BenchComponent) throws {
    let solver = try make(component)
    for mode in Packets.Mode.allCases {
      for topology in Packets.Topology.allCases
      where !has(mode, component) || !has(topology, component) {
        var packets = oscillators(mode)
        packets.topology = topology
        let error = #expect(throws: ComponentError.self) { try solver.evolve(&packets) }
        #expect(error?.severity == .unsupported, "\(mode), \(topology)")
      }
    }
  }
}
