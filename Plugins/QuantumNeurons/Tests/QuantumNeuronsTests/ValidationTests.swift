import Foundation
import QHostTesting
import QuantumNeurons
import Testing

/// Monte Carlo beside exact answers: briefly with all tests, and as long as it takes with QHOST_THOROUGH=1.
@Suite("Monte Carlo beside exact answers")
struct ValidationTests {
  static let isThorough = ProcessInfo.processInfo.environment["QHOST_THOROUGH"] != nil
  /// Couplings with kinks: 20 points, or one of them.
  static let points: [(drive: Double, kinks: Int)] =
    isThorough
    ? [2, 4, 6, 8].flatMap { kinks in [0, 2000, 4000, 6000, 10000].map { ($0, kinks) } }
    : [(4000, 4)]

  @Test("A driven neuron, over couplings and kinks", arguments: points)
  func driven(_ point: (drive: Double, kinks: Int)) {
    let well = Self.isThorough ? Well() : Well(lambda: 5000, time: 0.4, sliceCount: 256)
    let train = KinkTrain(kinkCount: point.kinks, in: well)
    let exact = DrivenNeuron(well, train, drive: point.drive).activity
    var schedule = Schedule()
    schedule.sweepCount = Self.isThorough ? 6000 : 800
    let found = DrivenChains(well, train, drive: Float(point.drive)).measure(schedule, seed: 11)
    print(
      "kinks \(point.kinks) drive \(point.drive): exact \(exact), found \(found.mean) ± \(found.standardError)"
    )
    #expect(abs(found.mean - exact) < 3.5 * found.standardError)
    if Self.isThorough { #expect(found.standardError < 0.002) }
  }

  @Test("Particles that tunnel by themselves", arguments: [(8.0, 10.0, 1000), (40.0, 20.0, 2000)])
  func shallow(_ lambda: Double, _ time: Double, _ slices: Int) throws {
    // Half the slices are enough for a look; the error of the step is of second order.
    let well = Well(lambda: lambda, time: time, sliceCount: Self.isThorough ? slices : slices / 2)
    let span = well.sliceCount / 20
    let found = ShallowWell(
      well, sweeps: Self.isThorough ? 40_000 : 1500, spans: (2 * span, 6 * span), seed: 3)
    let exact = try WellSpectrum(well, .hamiltonian)
    let (energy, square) = (exact.thermalEnergy, exact.thermal { $0 * $0 })
    print(
      "Lambda \(lambda): energy \(energy) \(found.energy.mean) ± \(found.energy.standardError), square "
        + "\(square) \(found.square.mean) ± \(found.square.standardError), gap \(exact.gap) \(found.gap)"
    )
    let limits = Self.isThorough ? (0.003, 0.01) : (0.02, 0.1)
    #expect(abs(found.energy.mean / energy - 1) < limits.0)
    #expect(abs(found.square.mean / square - 1) < limits.0)
    #expect(abs(found.gap / exact.gap - 1) < limits.1)
  }

  @Test("Stated standard errors cover the exact activity as often as they should")
  func coverage() {
    let count = Self.isThorough ? 200 : 50
    let well = Well(lambda: 5000, time: 0.35, sliceCount: 256)
    let train = KinkTrain(kinkCount: 2, in: well)
    let exact = DrivenNeuron(well, train, drive: 4000).activity
    var schedule = Schedule()
    schedule.sweepCount = 400
    let chains = DrivenChains(well, train, drive: 4000)
    let distances = (1...count).map { seed in
      let found = chains.measure(schedule, seed: UInt64(seed))
      return abs(found.mean - exact) / found.standardError
    }
    for (limit, part) in [(1.0, 0.6827), (2.0, 0.9545)] {
      let hits = Double(distances.count { $0 < limit }) / Double(count)
      let deviation = (part * (1 - part) / Double(count)).squareRoot()
      print("within \(limit) standard errors: \(hits), expected \(part) ± \(deviation)")
      #expect(abs(hits - part) < (Self.isThorough ? 2.5 : 4) * deviation)
    }
  }
}
