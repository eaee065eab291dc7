import Foundation
import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Testing

@Suite("Signed particles")
struct SignedParticleTests {
  private func solver(
    particles: Int = 2048, coherence: Double = 0.5, steps: Int = 80, seed: UInt64 = 1
  ) throws -> SignedParticle {
    try SignedParticle(
      request: request(
        for: SignedParticle.descriptor,
        [
          "particles": .integer(particles), "steps": .integer(steps),
          "coherence": .real(coherence),
        ], host: TestHost(seed: seed)))
  }

  private func mean(_ values: [Double]) -> (mean: Double, error: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (square / (count * (count - 1))).squareRoot())
  }

  private func through(_ packets: Packets) -> Double {
    (0..<packets.gridCount).reduce(0) { sum, g in
      let x = packets.origin + Double(g) * packets.spacing
      return x > 0 ? sum + packets.densities[g] * packets.spacing : sum
    }
  }

  @Test("A packet goes through a sech² barrier as the exact one does, and its density with it")
  func transmission() throws {
    var start = packet(from: -36, to: 36, count: 145) { 1 / (cosh($0) * cosh($0)) }
    putGaussian(&start, center: -17, sigma: 4, waveNumber: 1)
    start.mode = .real
    start.time = 38
    start.stepCount = 380
    var exact = start
    try SplitOperator(request: request(for: SplitOperator.descriptor)).evolve(&exact)
    var density = [Double](repeating: 0, count: start.gridCount)
    let values = try (1...4).map { seed in
      var packets = start
      try solver(particles: 60_000, seed: UInt64(seed)).evolve(&packets)
      for g in density.indices { density[g] += packets.densities[g] / 4 }
      return through(packets)
    }
    let result = mean(values)
    #expect(abs(result.mean / 0.138891 - 1) < 0.03, "\(result)")
    #expect(abs(result.mean - 0.138891) < 3 * result.error, "\(result)")
    let distance = zip(density, exact.densities).reduce(0) { $0 + abs($1.0 - $1.1) }
    #expect(distance * start.spacing / 2 < 0.05, "\(distance * start.spacing / 2)")
  }

  @Test("In a parabola it is Newton's mechanics, without a single pair")
  func parabola() throws {
    var packets = packet(from: -12, to: 12, count: 193) { 0.5 * $0 * $0 }
    putGaussian(&packets, center: 2, sigma: 0.5.squareRoot(), waveNumber: 0)
    packets.mode = .real
    packets.time = 1.7
    packets.stepCount = 10
    try solver(particles: 20_000).evolve(&packets)
    let error = 0.5.squareRoot() / 20_000.0.squareRoot()
    #expect(abs(packets.means[0] - 2 * cos(1.7)) < 4 * error)
    let variance = packets.secondMoments[0] - packets.means[0] * packets.means[0]
    // The cells that the start is sampled from add spacing²/12 in x and as little in p.
    #expect(abs(variance - 0.5) < 4 * error + packets.spacing * packets.spacing / 6)
    #expect(abs(packets.norms[0] - 1) < 1e-12)
    #expect(abs(packets.energies[0] - 2.5) < 0.05)
  }

  @Test("Marginals in an anharmonic well agree with the split operator's")
  func marginals() throws {
    var packets = packet(from: -6, to: 6, count: 97) { 0.5 * $0 * $0 + 0.3 * cos(2 * $0) }
    putGaussian(&packets, center: 1, sigma: 0.7, waveNumber: 0)
    packets.mode = .real
    packets.time = 1.5
    packets.stepCount = 60
    var exact = packets
    try SplitOperator(request: request(for: SplitOperator.descriptor)).evolve(&exact)
    try solver(particles: 200_000, coherence: 0.7).evolve(&packets)
    let distance =
      zip(packets.densities, exact.densities).reduce(0) { $0 + abs($1.0 - $1.1) }
      * packets.spacing / 2
    #expect(distance < 0.04, "\(distance)")
    #expect(abs(packets.means[0] - exact.means[0]) < 0.02)
    #expect(abs(packets.energies[0] - exact.energies[0]) < 0.03)
  }

  @Test("The oscillator's ground state within three standard errors")
  func oscillator() throws {
    let start = packet(from: -5, to: 7, count: 97) { 0.5 * ($0 - 1) * ($0 - 1) }
    var (energies, means, variances): ([Double], [Double], [Double]) = ([], [], [])
    for seed in 1...10 {
      var packets = start
      try solver(seed: UInt64(seed)).evolve(&packets)
      energies.append(packets.energies[0])
      means.append(packets.means[0])
      variances.append(packets.secondMoments[0] - packets.means[0] * packets.means[0])
    }
    // Strang's bias is (ω dt)²/12 = 1.4e-3 at ω dt = 0.127.
    let energy = mean(energies)
    #expect(abs(energy.mean - 0.5) < 3 * energy.error + 2e-3, "\(energy)")
    #expect(abs(mean(means).mean - 1) < 3 * mean(means).error + 1e-3, "\(mean(means))")
    #expect(abs(mean(variances).mean - 0.5) < 3 * mean(variances).error + 5e-3)
  }

  @Test("A tilted double well's ground state within three standard errors", arguments: [0.2, 0.4])
  func doubleWell(hbar: Double) throws {
    let start = packet(from: -1.8, to: 1.8, count: 49, hbar: hbar) {
      ($0 * $0 - 1) * ($0 * $0 - 1) + 0.1 * $0
    }
    var exact = start
    try SplitOperator(request: request(for: SplitOperator.descriptor)).evolve(&exact)
    var (energies, means): ([Double], [Double]) = ([], [])
    for seed in 1...6 {
      var packets = start
      try solver(particles: 20_000, seed: UInt64(seed)).evolve(&packets)
      energies.append(packets.energies[0])
      means.append(packets.means[0])
    }
    let energy = mean(energies)
    #expect(
      abs(energy.mean - exact.energies[0]) < 3 * energy.error + 0.02 * hbar,
      "\(energy) \(exact.energies[0])")
    #expect(
      abs(mean(means).mean - exact.means[0]) < 3 * mean(means).error + 0.02,
      "\(mean(means)) \(exact.means[0])")
  }

  @Test("Imaginary time moves a packet as the exact one")
  func imaginaryTime() throws {
    var packets = packet(from: -6, to: 6, count: 97) { 0.5 * $0 * $0 }
    putGaussian(&packets, center: 1, sigma: 1, waveNumber: 0.5)
    packets.mode = .imaginary
    packets.time = 0.5
    packets.stepCount = 20
    var exact = packets
    try SplitOperator(request: request(for: SplitOperator.descriptor)).evolve(&exact)
    try solver(particles: 50_000).evolve(&packets)
    #expect(abs(packets.means[0] - exact.means[0]) < 0.02)
    #expect(abs(packets.secondMoments[0] - exact.secondMoments[0]) < 0.03)
    #expect(abs(packets.energies[0] - exact.energies[0]) < 0.03)
  }

  @Test("Lattices are refused")
  func limits() throws {
    var packets = packet(from: -1, to: 1, count: 9) { $0 }
    packets.topology = .complete
    let error = #expect(throws: ComponentError.self) { try solver().evolve(&packets) }
    #expect(error?.severity == .unsupported)
  }

  @Test("The same packet gives the same numbers in any batch and after any call")
  func repeatable() throws {
    let solver = try solver()
    var alone = packet(from: -1, to: 1, count: 17, hbar: 0.1) { cos(5 * $0) }
    try solver.evolve(&alone)
    var batch = Packets(packetCount: 2, gridCount: 17, origin: -1, spacing: 0.125)
    batch.hbar = 0.1
    batch.potentials = (0..<17).map { sin(Double($0)) } + alone.potentials
    try solver.evolve(&batch)
    #expect(batch.means[1] == alone.means[0])
    #expect(Array(batch.densities[17...]) == alone.densities)
  }

  @Test("Barriers and ħ of any size are survived", arguments: [1e-150, 1e-9, 1e-3, 1, 1e3, 1e12])
  func extremes(hbar: Double) throws {
    for height in [1e-12, 1.0, 1e6] {
      var packets = packet(from: -1, to: 1, count: 17, hbar: hbar) {
        abs($0) < 0.3 ? height : ($0 > 0.7 ? -0.5 * height : 0)
      }
      do { try solver(particles: 256).evolve(&packets) } catch { continue }
      #expect(packets.densities.allSatisfy { $0 >= 0 && $0.isFinite })
      #expect(packets.means[0].isFinite)
    }
  }
}
