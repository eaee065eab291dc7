import QuantumNeurons

/// Sixteen chains of one neuron that an input drives.
struct DrivenChains {
  private let network: PathNetwork
  private let drive: Float

  init(_ well: Well, _ train: KinkTrain, drive: Float) {
    network = PathNetwork(well: well, train: train, neuronCount: 1)
    self.drive = drive
  }

  /// The raw activity.
  func measure(_ schedule: Schedule, seed: UInt64) -> ChainStatistics {
    var couplings = ChainCouplings(neuronCount: 1)
    couplings.drives = [drive]
    let jobs = (0..<ChainBatch.chainCount).map { lane in
      ChainJob(
        couplings: couplings,
        seed: [
          seed &* 0x9E37_79B9_7F4A_7C15 &+ 1, UInt64(lane + 1) &* 0xBF58_476D_1CE4_E5B9 ^ seed,
        ],
        follows: lane % 2 == 1)
    }
    let factor = Float(network.well.lambda / 4 / network.train.potential)
    let series = ChainBatch(network).run(jobs[...], schedule, neurons: [0])
      .map { $0[0].map { $0 * factor } }
    return ChainStatistics(series, follows: jobs.map(\.follows))
  }
}
