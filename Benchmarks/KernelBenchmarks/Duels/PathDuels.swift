import QHostMemory
import QuantumNeurons

/// Moves of sixteen chains of three neurons with paths of 256 slices.
enum PathDuels {
  private static let lanes = ChainBatch.chainCount

  /// Sixteen chains in the kernels' memory, and the same in plain.
  private final class Chains {
    let batch: ChainBatch
    var plain: [PlainChain]

    init() {
      let well = Well(lambda: 5000, time: 0.35, sliceCount: 256)
      var network = PathNetwork(
        well: well, train: KinkTrain(kinkCount: 2, in: well), neuronCount: 3)
      network.excitations = [.init(0, 2), .init(1, 2), .init(2, 1)]
      network.inhibitions = [.init(0, 1), .init(1, 2)]
      batch = ChainBatch(network)
      plain = []
      for lane in 0..<lanes {
        var couplings = ChainCouplings(of: network, excitation: 4000, inhibition: 20000)
        couplings.drives = [Float(lane * 700), 6000, 0]
        couplings.blocks = [0, Float(lane * 1500), 300]
        let seed: [UInt64] = [UInt64(lane + 3), UInt64(lane + 1)]
        batch.start(lane, couplings: couplings, seed: seed, follows: lane % 2 == 0)
        plain.append(
          PlainChain(network, couplings: couplings, seed: seed, follows: lane % 2 == 0))
      }
    }

    func sweepPlain(_ move: PathMove) {
      for lane in plain.indices { plain[lane].sweep(move, first: 31) }
    }

    /// The largest difference of a slice.
    var difference: Double {
      var most = 0.0
      for lane in plain.indices {
        for neuron in 0..<3 {
          for (a, b) in zip(batch.path(neuron: neuron, lane: lane), plain[lane].paths[neuron]) {
            most = max(most, Double(abs(a - b)))
          }
        }
      }
      return most
    }
  }

  static func all() -> [Duel] {
    let moves: [(String, PathMove)] = [
      ("kernel_paths_local", .local(0.1)), ("kernel_paths_staging", .staging(63)),
      ("kernel_paths_multilevel", .multilevel(4)),
      ("kernel_paths_dips", .dips(0.2)), ("kernel_paths_signs", .signs),
    ]
    let shape = "16 chains, 3 neurons, 256 slices"
    let sweeps = moves.map { name, move in
      let chains = Chains()
      return Duel(name, twin: "PlainChain", shape) {
        chains.batch.sweep(move, first: 31)
      } plain: {
        chains.sweepPlain(move)
      } difference: {
        // Of chains of their own: what was timed has moved more or less often.
        let fresh = Chains()
        for _ in 0..<3 {
          fresh.batch.sweep(move, first: 31)
          fresh.sweepPlain(move)
        }
        return fresh.difference
      }
    }
    let chains = Chains()
    chains.batch.sweep(.local(0.1))
    chains.sweepPlain(.local(0.1))
    let sums = Duel(
      "kernel_paths_sums", twin: "PlainChain", shape, tolerance: 1e-4,
      AlignedBuffer<Float>(count: 3 * lanes)
    ) {
      if let sums = chains.batch.sums().baseAddress { $0.update(from: sums, count: 3 * lanes) }
    } list: {
      let all = chains.plain.map { $0.sums() }
      return (0..<3).flatMap { neuron in all.map { Double($0[neuron]) } }
    }
    return sweeps + [sums]
  }
}
