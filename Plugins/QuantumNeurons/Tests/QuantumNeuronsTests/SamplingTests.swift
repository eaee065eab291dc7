import QHostTesting
import QuantumNeurons
import Testing

@Suite("Sampled paths")
struct SamplingTests {
  static let well = Well(lambda: 5000, time: 0.35, sliceCount: 256)
  static let network = PathNetwork(
    well: well, train: KinkTrain(kinkCount: 2, in: well), neuronCount: 1)

  @Test(
    "A driven neuron has the exact activity, whatever the moves",
    arguments: [PathMove.staging(16), .multilevel(4), .local(0.1)])
  func exact(_ move: PathMove) {
    var schedule = Schedule()
    schedule.move = move
    // A factor of ten in correlation times.
    schedule.thermalisation = move == .local(0.1) ? 2000 : 200
    schedule.sweepCount = move == .local(0.1) ? 6000 : 1500
    if move == .local(0.1) { schedule.dipWidth = 0 }
    let exact = DrivenNeuron(Self.well, Self.network.train, drive: 6000).activity
    let found = DrivenChains(Self.well, Self.network.train, drive: 6000).measure(schedule, seed: 7)
    #expect(found.standardError < (move == .local(0.1) ? 0.03 : 0.01))
    #expect(abs(found.mean - exact) < 4 * found.standardError, "\(found) \(exact)")
    #expect(abs(found.startDifference) < 0.05)
  }

  @Test("Turning signs leaves activities, and mixes the two wells")
  func signs() {
    var schedule = Schedule()
    schedule.sweepCount = 1500
    let exact = DrivenNeuron(Self.well, Self.network.train, drive: 3000).activity
    let found = DrivenChains(Self.well, Self.network.train, drive: 3000).measure(schedule, seed: 3)
    #expect(abs(found.mean - exact) < 4 * found.standardError, "\(found) \(exact)")
    let batch = ChainBatch(Self.network)
    for lane in 0..<ChainBatch.chainCount {
      batch.start(
        lane, couplings: ChainCouplings(neuronCount: 1), seed: [7, UInt64(lane) << 33 + 5],
        follows: false)
    }
    for number in 0..<40 { schedule.sweep(batch, number: number) }
    let means = (0..<16).map { batch.path(neuron: 0, lane: $0).reduce(0, +) }
    #expect(means.contains { $0 < 0 } && means.contains { $0 > 0 })
  }

  @Test("Chains that have had no time are told by where they began")
  func unsettled() {
    var schedule = Schedule()
    schedule.thermalisation = 0
    schedule.sweepCount = 4
    schedule.move = .local(0.01)
    schedule.dipWidth = 0
    let found = DrivenChains(Self.well, Self.network.train, drive: 6000).measure(schedule, seed: 1)
    #expect(abs(found.startDifference) > 0.5)
  }
}
