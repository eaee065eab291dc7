/// A circuit: inputs, neurons, couplings between them, and which neurons are read out.
package struct NeuronGraph: Sendable, Equatable {
  /// A coupling strength with a name, which training may change.
  package struct Strength: Sendable, Equatable {
    /// Its name; once in a graph.
    package var name: String
    /// Where it starts.
    package var start: Double
    /// The lowest value, at least 0.
    package var lower: Double
    /// The highest value.
    package var upper: Double
  }

  /// How strong a coupling is.
  package enum Value: Sendable, Equatable {
    /// A number of its own.
    case fixed(Double)
    /// The strength at an index.
    case strength(Int)
  }

  /// Where a coupling comes from.
  package enum Source: Sendable, Equatable {
    /// An input, by index.
    case input(Int)
    /// A neuron, by index.
    case neuron(Int)
  }

  /// A line from something to a neuron.
  package struct Coupling: Sendable, Equatable {
    /// Equation 11 rather than 10.
    package var isInhibition: Bool
    /// From.
    package var source: Source
    /// The neuron that it ends at, by index.
    package var target: Int
    /// ε, the strength of the coupling.
    package var value: Value
  }

  /// What k multiplies.
  package enum Modulated: Sendable, Equatable {
    /// An input's brightness.
    case input(Int)
    /// A strength.
    case strength(Int)
  }

  /// The well of all neurons.
  package var well = Well()
  /// Kinks of an active input.
  package var kinkCount = 4
  /// The inputs' names.
  package var inputs: [String] = []
  /// The inputs that are always on, by index.
  package var alwaysOn: Set<Int> = []
  /// The neurons' names, [n].
  package var neurons: [String] = []
  /// The neurons that are read out, [C].
  package var outputs: [Int] = []
  /// Strengths with names.
  package var strengths: [Strength] = []
  /// All couplings.
  package var couplings: [Coupling] = []
  /// What k multiplies; empty: every coupling.
  package var modulated: [Modulated] = []

  /// Makes an empty graph.
  package init() {}

  /// The inputs that are given from outside, [F].
  package var freeInputs: [Int] { inputs.indices.filter { !alwaysOn.contains($0) } }

  /// The brightness of all inputs, those that are always on among them.
  package func brightness(_ given: [Float]) -> [Float] {
    var all = [Float](repeating: 1, count: inputs.count)
    for (index, value) in zip(freeInputs, given) { all[index] = value }
    return all
  }

  /// The couplings between neurons, in the order of ``chainCouplings(values:inputs:k:)``.
  package func network(isFeedForward: Bool = false) -> PathNetwork {
    var network = PathNetwork(
      well: well, train: KinkTrain(kinkCount: kinkCount, in: well), neuronCount: neurons.count)
    network.isFeedForward = isFeedForward
    for coupling in couplings {
      guard case .neuron(let source) = coupling.source else { continue }
      let pair = PathNetwork.Pair(source, coupling.target)
      if coupling.isInhibition {
        network.inhibitions.append(pair)
      } else {
        network.excitations.append(pair)
      }
    }
    return network
  }

  /// The strengths that a chain has.
  ///
  /// - Parameters:
  ///   - values: of the named strengths.
  ///   - inputs: the brightness of all inputs, at least 0.
  ///   - k: what is modulated is multiplied by it.
  /// - Returns: couplings and drives.
  package func chainCouplings(
    values: [Double], inputs: [Float], k: Double = 1
  ) -> ChainCouplings {
    var chain = ChainCouplings(neuronCount: neurons.count)
    var (values, inputs, whole) = (values, inputs, Float(1))
    if modulated.isEmpty { whole = Float(k) }
    for part in modulated {
      switch part {
      case .input(let index): inputs[index] *= Float(k)
      case .strength(let index): values[index] *= k
      }
    }
    for coupling in couplings {
      let strength: Float
      switch coupling.value {
      case .fixed(let value): strength = Float(value) * whole
      case .strength(let index): strength = Float(values[index]) * whole
      }
      switch (coupling.source, coupling.isInhibition) {
      case (.input(let index), false): chain.drives[coupling.target] += inputs[index] * strength
      case (.input(let index), true):
        chain.blocks[coupling.target] += inputs[index] * inputs[index] * strength
      case (.neuron, false): chain.excitations.append(strength)
      case (.neuron, true): chain.inhibitions.append(strength)
      }
    }
    return chain
  }
}
