/// Which neurons are coupled, in which well, and what inputs look like: all that does not differ between chains.
package struct PathNetwork: Sendable, Equatable {
  /// A coupling from the first neuron to the second, or an inhibition of both.
  package struct Pair: Sendable, Equatable {
    /// A neuron.
    package var first: Int
    /// Another one.
    package var second: Int

    /// Makes a pair.
    package init(_ first: Int, _ second: Int) {
      self.first = first
      self.second = second
    }
  }

  /// The well of all neurons.
  package var well: Well
  /// The path of active inputs.
  package var train: KinkTrain
  /// n, the number of neurons.
  package var neuronCount: Int
  /// Excitations, equation 10.
  package var excitations: [Pair] = []
  /// Inhibitions, equation 11.
  package var inhibitions: [Pair] = []
  /// Whether neurons do not act back on those that excite them.
  package var isFeedForward = false

  /// Makes a network without couplings.
  package init(well: Well, train: KinkTrain, neuronCount: Int) {
    self.well = well
    self.train = train
    self.neuronCount = neuronCount
  }
}

/// Couplings and drives of one chain.
package struct ChainCouplings: Sendable, Equatable {
  /// ε of each excitation.
  package var excitations: [Float]
  /// ε of each inhibition.
  package var inhibitions: [Float]
  /// Σ b ε over the inputs that excite each neuron, [n].
  package var drives: [Float]
  /// Σ b² ε over the inputs that inhibit each neuron, [n].
  package var blocks: [Float]

  /// None yet.
  package init(neuronCount: Int) {
    excitations = []
    inhibitions = []
    drives = Array(repeating: 0, count: neuronCount)
    blocks = drives
  }

  /// Those of one neuron alone.
  package func single(_ neuron: Int) -> ChainCouplings {
    var single = ChainCouplings(neuronCount: 1)
    single.drives = [drives[neuron]]
    single.blocks = [blocks[neuron]]
    return single
  }

  /// Those of a network without inputs, all alike.
  package init(of network: PathNetwork, excitation: Float = 0, inhibition: Float = 0) {
    excitations = Array(repeating: excitation, count: network.excitations.count)
    inhibitions = Array(repeating: inhibition, count: network.inhibitions.count)
    drives = Array(repeating: 0, count: network.neuronCount)
    blocks = drives
  }
}
