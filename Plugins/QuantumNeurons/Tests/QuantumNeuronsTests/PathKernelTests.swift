import QHostTesting
import QuantumNeurons
import Testing

/// A small network with every kind of coupling, some of them between the same two neurons.
private func network(isFeedForward: Bool = false) -> PathNetwork {
  let well = Well(lambda: 5000, time: 0.35, sliceCount: 256)
  var network = PathNetwork(
    well: well, train: KinkTrain(kinkCount: 2, in: well), neuronCount: 3)
  network.excitations = [.init(0, 2), .init(1, 2), .init(2, 1)]
  network.inhibitions = [.init(0, 1), .init(1, 2)]
  network.isFeedForward = isFeedForward
  return network
}

private func couplings(_ network: PathNetwork, lane: Int) -> ChainCouplings {
  var couplings = ChainCouplings(of: network, excitation: 4000, inhibition: 20000)
  couplings.drives = [Float(lane * 700), 6000, 0]
  couplings.blocks = [0, Float(lane * 1500), 300]
  return couplings
}

@Suite("Kernels of paths")
struct PathKernelTests {
  static let moves: [PathMove] = [
    .local(0.1), .staging(13), .staging(63), .multilevel(4), .multilevel(1), .dips(0.2), .signs,
  ]

  @Test("They are the plain version to the last bit", arguments: moves, [false, true])
  func bits(_ move: PathMove, _ isFeedForward: Bool) {
    let network = network(isFeedForward: isFeedForward)
    let batch = ChainBatch(network)
    var plain: [Int: PlainChain] = [:]
    for lane in 0..<ChainBatch.chainCount {
      let couplings = couplings(network, lane: lane)
      let seed: [UInt64] = [UInt64(lane) &* 0x9E37_79B9_7F4A_7C15 &+ 3, UInt64(lane + 1)]
      batch.start(lane, couplings: couplings, seed: seed, follows: lane % 2 == 0)
      guard lane % 5 == 0 else { continue }
      plain[lane] = PlainChain(
        network, couplings: couplings, seed: seed, follows: lane % 2 == 0)
    }
    for sweep in 0..<6 {
      batch.sweep(.staging(7), first: 31 * sweep)
      batch.sweep(move, first: 200 + 41 * sweep)
      for lane in plain.keys {
        plain[lane]?.sweep(.staging(7), first: 31 * sweep)
        plain[lane]?.sweep(move, first: 200 + 41 * sweep)
      }
    }
    for (lane, chain) in plain {
      for neuron in 0..<3 { #expect(batch.path(neuron: neuron, lane: lane) == chain.paths[neuron]) }
      #expect(chain.paths[1].contains { abs($0 - 1) > 0.01 })
    }
  }
}
