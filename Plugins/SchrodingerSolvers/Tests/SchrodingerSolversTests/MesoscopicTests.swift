import Foundation
import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Testing

@Suite("Mesoscopic: Gaussian packets and walkers")
struct MesoscopicTests {
  private func solver(walkers: Int = 512, steps: Int = 200, seed: UInt64 = 1) throws -> Mesoscopic {
    try Mesoscopic(
      request: request(
        for: Mesoscopic.descriptor, ["walkers": .integer(walkers), "steps": .integer(steps)],
        host: TestHost(seed: seed)))
  }

  @Test("A free packet spreads exactly, in one step")
  func spreading() throws {
    var packets = packet(from: -100, to: 100, count: 801) { _ in 0 }
    putGaussian(&packets, center: 0, sigma: 1, waveNumber: 0.7)
    packets.mode = .real
    packets.time = 20
    try solver().evolve(&packets)
    let variance = packets.secondMoments[0] - packets.means[0] * packets.means[0]
    #expect(abs(packets.means[0] - 14) < 1e-9)
    #expect(abs(variance.squareRoot() - 10.0498756211) < 1e-9)
    #expect(packets.norms == [1])
  }

  @Test("A coherent state goes round in the oscillator and comes back")
  func coherent() throws {
    for sigma in [0.707106781186547, 0.5] {
      var packets = packet(from: -10, to: 10, count: 201) { 0.5 * $0 * $0 }
      putGaussian(&packets, center: 2, sigma: sigma, waveNumber: 0.3)
      let start = packets
      packets.mode = .real
      packets.time = 1.1
      packets.stepCount = 200
      let solver = try solver()
      try solver.evolve(&packets)
      // Yoshida's error: below 0.07 (ω dt)⁴ ωt = 1e-10 of the excursion.
      #expect(abs(packets.means[0] - (2 * cos(1.1) + 0.3 * sin(1.1))) < 1e-8)
      let variance = packets.secondMoments[0] - packets.means[0] * packets.means[0]
      let exact =
        pow(sigma * cos(1.1), 2) + pow(sin(1.1) / (2 * sigma), 2)
      #expect(abs(variance - exact) < 1e-8)
      packets.time = 2 * Double.pi - 1.1
      packets.stepCount = 1000
      try solver.evolve(&packets)
      // Up to a phase of the whole, which the Gaussian does not carry.
      var overlap = (re: 0.0, im: 0.0, norm: 0.0)
      for g in 0..<packets.gridCount {
        let (a, b) = (start.realParts[g], start.imaginaryParts[g])
        let (c, d) = (packets.realParts[g], packets.imaginaryParts[g])
        overlap.re += a * c + b * d
        overlap.im += a * d - b * c
        overlap.norm += a * a + b * b
      }
      let length = (overlap.re * overlap.re + overlap.im * overlap.im).squareRoot()
      #expect(abs(length / overlap.norm - 1) < 1e-9)
    }
  }

  @Test("The Gaussian's energy is kept, of fourth order in the step")
  func energy() throws {
    func drift(_ steps: Int) throws -> Double {
      var packets = packet(from: -8, to: 8, count: 641) { 0.5 * $0 * $0 + 0.02 * pow($0, 4) }
      putGaussian(&packets, center: 1.5, sigma: 0.6, waveNumber: 0)
      packets.mode = .real
      packets.time = 1e-9
      let solver = try solver()
      try solver.evolve(&packets)
      let before = packets.energies[0]
      packets.time = 3
      packets.stepCount = steps
      try solver.evolve(&packets)
      return packets.energies[0] - before
    }
    let ratio = try drift(10) / drift(20)
    #expect(ratio > 12 && ratio < 22, "\(ratio)")
  }

  /// Means over seeds and their standard errors.
  private func statistics(
    _ potential: Packets, walkers: Int, steps: Int, seeds: Int, _ value: (Packets) -> Double
  ) throws -> (mean: Double, error: Double) {
    let values = try (1...seeds).map { seed in
      var packets = potential
      try solver(walkers: walkers, steps: steps, seed: UInt64(seed)).evolve(&packets)
      return value(packets)
    }
    let mean = values.reduce(0, +) / Double(seeds)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (square / Double(seeds * (seeds - 1))).squareRoot())
  }

  @Test("The oscillator's ground state within three standard errors")
  func oscillator() throws {
    let start = packet(from: -5, to: 7, count: 97) { 0.5 * ($0 - 1) * ($0 - 1) }
    let energy = try statistics(start, walkers: 2000, steps: 400, seeds: 20) { $0.energies[0] }
    // Strang's bias: dt = 0.127/ω, (ω dt)²/24 · E = 3e-4; the comb's is about 1/walkers.
    #expect(abs(energy.mean - 0.5) < 3 * energy.error + 1e-3, "\(energy)")
    #expect(energy.error < 0.005)
    let mean = try statistics(start, walkers: 2000, steps: 400, seeds: 20) { $0.means[0] }
    #expect(abs(mean.mean - 1) < 3 * mean.error + 1e-3, "\(mean)")
    let variance = try statistics(start, walkers: 2000, steps: 400, seeds: 20) {
      $0.secondMoments[0] - $0.means[0] * $0.means[0]
    }
    #expect(abs(variance.mean - 0.5) < 3 * variance.error + 5e-3, "\(variance)")
  }

  @Test("A tilted double well's ground state within three standard errors", arguments: [0.2, 0.4])
  func doubleWell(hbar: Double) throws {
    let start = packet(from: -1.8, to: 1.8, count: 61, hbar: hbar) {
      ($0 * $0 - 1) * ($0 * $0 - 1) + 0.1 * $0
    }
    var exact = start
    try SplitOperator(request: request(for: SplitOperator.descriptor)).evolve(&exact)
    let energy = try statistics(start, walkers: 2000, steps: 600, seeds: 10) { $0.energies[0] }
    #expect(
      abs(energy.mean - exact.energies[0]) < 3 * energy.error + 2e-3 * hbar,
      "\(energy) \(exact.energies[0])")
    let mean = try statistics(start, walkers: 2000, steps: 600, seeds: 10) { $0.means[0] }
    #expect(abs(mean.mean - exact.means[0]) < 3 * mean.error + 0.01, "\(mean) \(exact.means[0])")
  }

  @Test("Long jumps find the deeper well behind a high barrier")
  func jumps() throws {
    var packets = packet(from: -1.8, to: 1.8, count: 61, hbar: 0.05) {
      ($0 * $0 - 1) * ($0 * $0 - 1) + 0.15 * $0
    }
    try solver().evolve(&packets)
    #expect(packets.means[0] < -0.9)
  }

  @Test("Imaginary time narrows a Gaussian as the exact one")
  func imaginaryTime() throws {
    var packets = packet(from: -6, to: 6, count: 121) { 0.5 * $0 * $0 }
    putGaussian(&packets, center: 1, sigma: 1.2, waveNumber: 0)
    packets.imaginaryParts = []
    packets.mode = .imaginary
    packets.time = 0.5
    packets.stepCount = 25
    var exact = packets
    try SplitOperator(request: request(for: SplitOperator.descriptor)).evolve(&exact)
    try solver(walkers: 100_000).evolve(&packets)
    // 100,000 walkers: σ/√N = 3e-3 for the mean.
    #expect(abs(packets.means[0] - exact.means[0]) < 0.01)
    #expect(abs(packets.secondMoments[0] - exact.secondMoments[0]) < 0.02)
    #expect(abs(packets.energies[0] - exact.energies[0]) < 0.02)
  }

  @Test("What it cannot do it says")
  func unsupported() throws {
    for change: (inout Packets) -> Void in [
      { $0.topology = .chain },
      {
        $0.mode = .imaginary
        $0.realParts = [1, -1, 1, 1, 1, 1, 1, 1, 1]
      },
      {
        $0.mode = .imaginary
        putGaussian(&$0, center: 0, sigma: 0.5, waveNumber: 1)
      },
    ] {
      var packets = packet(from: -1, to: 1, count: 9) { $0 }
      change(&packets)
      let error = #expect(throws: ComponentError.self) { try solver().evolve(&packets) }
      #expect(error?.severity == .unsupported)
    }
  }

  @Test("The same packet gives the same numbers in any batch and after any call")
  func repeatable() throws {
    let solver = try solver()
    var alone = packet(from: -1, to: 1, count: 17, hbar: 0.1) { $0 * $0 }
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
    for height in [1e-12, 1.0, 1e6, 1e200] {
      for mode in Packets.Mode.allCases {
        var packets = packet(from: -1, to: 1, count: 33, hbar: hbar) {
          abs($0) < 0.3 ? height : ($0 > 0.7 ? -0.5 * height : 0)
        }
        packets.mode = mode
        do { try solver().evolve(&packets) } catch { continue }
        #expect(packets.densities.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(packets.means[0].isFinite)
      }
    }
  }
}
