import QHostDatasets

/// A frozen sample of Poisson noise: the steps at which each channel spikes.
struct SpikePattern: Sendable {
  /// Its length in steps.
  let stepCount: Int
  /// The steps of the spikes of each channel, rising.
  let spikes: [[Int]]

  /// Draws a pattern in which each channel spikes at each step with probability `rate`.
  init(channelCount: Int, stepCount: Int, rate: Double, generator: inout SplitMix64) {
    self.stepCount = stepCount
    var spikes: [[Int]] = []
    for _ in 0..<channelCount {
      var channel: [Int] = []
      for step in 0..<stepCount where generator.uniform() < rate { channel.append(step) }
      spikes.append(channel)
    }
    self.spikes = spikes
  }

  /// The spikes, each moved by a normal deviate of `jitter` steps.
  ///
  /// A channel keeps its number of spikes: one that would fall on another one takes the nearest free step.
  func jittered(_ jitter: Double, generator: inout SplitMix64) -> [[Int]] {
    spikes.map { channel in
      place(
        channel.map { step in
          guard jitter > 0 else { return step }
          return min(max(step + Int((jitter * generator.normal()).rounded()), 0), stepCount - 1)
        })
    }
  }

  /// As many spikes of each channel at steps drawn again.
  func scrambled(generator: inout SplitMix64) -> [[Int]] {
    spikes.map { channel in
      Array(generator.permutation(of: stepCount).prefix(channel.count))
    }
  }

  private func place(_ wanted: [Int]) -> [Int] {
    var isTaken = [Bool](repeating: false, count: stepCount)
    var placed: [Int] = []
    for step in wanted {
      let nearest = (0..<stepCount).filter { !isTaken[$0] }.min { abs($0 - step) < abs($1 - step) }
      guard let nearest else { return placed }
      isTaken[nearest] = true
      placed.append(nearest)
    }
    return placed
  }
}
