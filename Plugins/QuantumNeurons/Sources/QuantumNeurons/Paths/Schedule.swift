/// How long chains run, and how they move.
package struct Schedule: Sendable, Equatable {
  /// How most slices move.
  package var move: PathMove = .staging(16)
  /// How far coupled neurons move together about a pulse, once a sweep; 0: they do not.
  package var dipWidth: Float = 0.2
  /// Whether signs of clusters are drawn again at every eighth sweep.
  package var turnsSigns = true
  /// Chains of each row, at least 1: odd ones begin on an input's path, even ones in the vacuum.
  package var chainCount = 4
  /// Sweeps that are not looked at.
  package var thermalisation = 200
  /// Sweeps that are.
  package var sweepCount = 800

  /// The standard one.
  package init() {}

  /// Moves all chains once.
  ///
  /// Segments begin elsewhere each time: 197 has no factor in common with the usual numbers of slices.
  package func sweep(_ batch: ChainBatch, number: Int) {
    batch.sweep(move, first: number * 197 % batch.network.well.sliceCount)
    if dipWidth > 0, !batch.network.isFeedForward { batch.sweep(.dips(dipWidth)) }
    if turnsSigns, number % 8 == 0 { batch.sweep(.signs) }
  }
}

/// A chain to be run.
package struct ChainJob: Sendable {
  /// ε, couplings and drives of the chain.
  package var couplings: ChainCouplings
  /// What starts its random numbers.
  package var seed: [UInt64]
  /// Whether it begins on an input's path.
  package var follows: Bool

  /// Makes a job.
  package init(couplings: ChainCouplings, seed: [UInt64], follows: Bool) {
    self.couplings = couplings
    self.seed = seed
    self.follows = follows
  }
}

extension ChainBatch {
  /// Runs up to 16 chains, and hands out Σ (φ² − 1)² over slices of neurons, sweep after sweep.
  ///
  /// - Parameters:
  ///   - jobs: the chains.
  ///   - schedule: how long.
  ///   - neurons: which are looked at.
  /// - Returns: [jobs][neurons][sweeps].
  package func run(
    _ jobs: ArraySlice<ChainJob>, _ schedule: Schedule, neurons: [Int]
  ) -> [[[Float]]] {
    precondition(jobs.count <= Self.chainCount, "\(jobs.count) chains do not fit a batch")
    for (lane, job) in jobs.enumerated() {
      start(lane, couplings: job.couplings, seed: job.seed, follows: job.follows)
    }
    for number in 0..<schedule.thermalisation { schedule.sweep(self, number: number) }
    var series = jobs.map { _ in neurons.map { _ in [Float]() } }
    for lane in series.indices {
      for place in neurons.indices { series[lane][place].reserveCapacity(schedule.sweepCount) }
    }
    for number in 0..<schedule.sweepCount {
      schedule.sweep(self, number: schedule.thermalisation + number)
      let sums = sums()
      for lane in series.indices {
        for (place, neuron) in neurons.enumerated() {
          series[lane][place].append(sums[neuron * Self.chainCount + lane])
        }
      }
    }
    return series
  }
}
