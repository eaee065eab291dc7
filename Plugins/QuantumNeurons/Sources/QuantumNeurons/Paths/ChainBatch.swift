internal import CQuantumNeurons
internal import QHostMemory

/// Sixteen chains of one network, whose couplings and random numbers are their own.
///
/// What comes out of a chain does not depend on those beside it. One thread at a time.
package final class ChainBatch {
  /// Chains of a batch.
  package static let chainCount = Int(QHOST_PATH_LANES)
  /// Words of 64 bits that start a chain's random numbers.
  package static let seedWords = 2

  /// What they are chains of.
  package let network: PathNetwork
  private let pulse: AlignedBuffer<Float>
  private let weights: [AlignedBuffer<Float>]
  private let paths: AlignedBuffer<Float>
  private let field: AlignedBuffer<Float>
  private let sumBuffer: AlignedBuffer<Float>
  private let accepted: AlignedBuffer<Float>
  private let state: AlignedBuffer<UInt32>
  private let pairs: [[qhost_kernel_coupling]]

  /// Makes room; chains are set by ``start(_:couplings:seed:follows:)``.
  package init(_ network: PathNetwork) {
    let (n, slices, lanes) = (network.neuronCount, network.well.sliceCount, Self.chainCount)
    self.network = network
    pulse = AlignedBuffer(count: slices)
    for (slice, value) in network.train.pulse.enumerated() { pulse.start[slice] = Float(value) }
    weights = [network.excitations.count, network.inhibitions.count, n, n].map {
      AlignedBuffer(count: $0 * lanes)
    }
    paths = AlignedBuffer(count: n * slices * lanes)
    field = AlignedBuffer(count: (6 * lanes + 1) * slices)
    sumBuffer = AlignedBuffer(count: n * lanes)
    accepted = AlignedBuffer(count: lanes)
    state = AlignedBuffer(count: 4 * lanes)
    pairs = [network.excitations, network.inhibitions].map { pairs in
      pairs.map { qhost_kernel_coupling(first: UInt32($0.first), second: UInt32($0.second)) }
    }
    // Chains that are not used move too: they must have a state.
    for lane in 0..<lanes {
      start(lane, couplings: ChainCouplings(of: network), seed: [1, 2], follows: false)
    }
  }

  /// Puts a chain at its start.
  ///
  /// - Parameters:
  ///   - lane: which, 0 ..< 16.
  ///   - couplings: ε.
  ///   - seed: two words, of the host's streams.
  ///   - follows: whether neurons start on |p| of an active input, or in the vacuum φ = 1.
  package func start(_ lane: Int, couplings: ChainCouplings, seed: [UInt64], follows: Bool) {
    let (n, slices, lanes) = (network.neuronCount, network.well.sliceCount, Self.chainCount)
    let values = [
      couplings.excitations, couplings.inhibitions, couplings.drives, couplings.blocks,
    ]
    for (buffer, values) in zip(weights, values) {
      for (place, value) in values.enumerated() { buffer.start[place * lanes + lane] = value }
    }
    for (word, value) in Self.state(seed).enumerated() { state.start[word * lanes + lane] = value }
    for neuron in 0..<n {
      for slice in 0..<slices {
        let value = follows ? Float(abs(network.train.path[slice])) : 1
        paths.start[(neuron * slices + slice) * lanes + lane] = value
      }
    }
    accepted.start[lane] = 0
  }

  /// The four words of xoshiro128+; never all 0.
  static func state(_ seed: [UInt64]) -> [UInt32] {
    let words = seed.prefix(seedWords).flatMap {
      [UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: $0 >> 32)]
    }
    return words.allSatisfy { $0 == 0 } ? [1, 0, 0, 0] : words
  }

  /// Moves every chain.
  ///
  /// - Parameters:
  ///   - move: how.
  ///   - first: where segments begin; it differs from sweep to sweep.
  package func sweep(_ move: PathMove, first: Int = 0) {
    withKernel { kernel in
      switch move {
      case .local(let step): qhost_kernel_paths_local(kernel, step, accepted.start)
      case .staging(let length):
        qhost_kernel_paths_staging(kernel, length, first, accepted.start)
      case .multilevel(let levels):
        qhost_kernel_paths_multilevel(kernel, levels, first, accepted.start)
      case .dips(let width):
        qhost_kernel_paths_dips(kernel, width, network.train.period, accepted.start)
      case .signs: qhost_kernel_paths_signs(kernel)
      }
    }
  }

  /// Σ (φ² − 1)² over the slices of each neuron's path, [n × 16]; valid until the next call.
  package func sums() -> UnsafeBufferPointer<Float> {
    withKernel { qhost_kernel_paths_sums($0, sumBuffer.start) }
    return UnsafeBufferPointer(start: sumBuffer.start, count: sumBuffer.count)
  }

  /// The path of a neuron in a chain, [Nₜ].
  package func path(neuron: Int, lane: Int) -> [Float] {
    let slices = network.well.sliceCount
    return (0..<slices).map { paths.start[(neuron * slices + $0) * Self.chainCount + lane] }
  }

  /// Moves of a chain that were accepted since its start.
  package func acceptedCount(lane: Int) -> Float { accepted.start[lane] }

  private func withKernel(_ body: (UnsafePointer<qhost_kernel_paths>) -> Void) {
    pairs[0].withUnsafeBufferPointer { excitations in
      pairs[1].withUnsafeBufferPointer { inhibitions in
        var kernel = qhost_kernel_paths()
        kernel.neuron_count = network.neuronCount
        kernel.slice_count = network.well.sliceCount
        kernel.spacing = Float(network.well.spacing)
        kernel.stiffness = Float(network.well.lambda / 4)
        kernel.is_feed_forward = network.isFeedForward ? 1 : 0
        kernel.pulse = UnsafePointer(pulse.start)
        kernel.excitation_count = excitations.count
        kernel.inhibition_count = inhibitions.count
        kernel.excitations = excitations.baseAddress
        kernel.inhibitions = inhibitions.baseAddress
        kernel.excitation_weights = UnsafePointer(weights[0].start)
        kernel.inhibition_weights = UnsafePointer(weights[1].start)
        kernel.drives = UnsafePointer(weights[2].start)
        kernel.blocks = UnsafePointer(weights[3].start)
        kernel.paths = paths.start
        kernel.field = field.start
        kernel.state = state.start
        body(&kernel)
      }
    }
  }
}
