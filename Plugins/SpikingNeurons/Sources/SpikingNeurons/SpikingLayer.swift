/// One layer of a network: what it has, and where its parameters are among all of the network.
///
/// Weights are [inputs × units], so that a spike reads one row.
package struct SpikingLayer: Sendable, Equatable {
  /// N, the inputs of the layer.
  package var inputCount: Int
  /// H, the neurons of the layer.
  package var unitCount: Int
  /// Currents of a neuron.
  package var portCount = 1
  /// Steps that synapses may delay spikes; 0: none.
  package var maxDelay = 0
  /// Whether its neurons have no spikes and their membranes are read.
  package var isSilent = false
  /// Whether the traces of its spikes are read.
  package var isTraced = false
  /// Whether its spikes are counted.
  package var isCounted = false

  /// Where parameters begin; `nil`: there are none.
  package var weights = 0
  package var bias: Int?
  package var recurrent: Int?
  package var timeConstants: Int?
  package var synapseTimes: Int?
  package var thresholds: Int?
  package var delays: Int?

  /// S.
  package var lanes: Int { (unitCount + 15) & ~15 }
  /// W.
  package var width: Int { lanes * portCount }

  /// Makes a layer whose parameters have no place yet.
  package init(
    inputCount: Int, unitCount: Int, portCount: Int = 1, maxDelay: Int = 0, isSilent: Bool = false,
    isTraced: Bool = false, isCounted: Bool = false
  ) {
    self.inputCount = inputCount
    self.unitCount = unitCount
    self.portCount = portCount
    self.maxDelay = maxDelay
    self.isSilent = isSilent
    self.isTraced = isTraced
    self.isCounted = isCounted
  }

  /// Whether so many events are added faster by a dense product.
  ///
  /// By measurement (`Benchmarks/spiking-cuts --only currents`), in nanoseconds: 16 weights take 0.4 as an event where there are fewer than 64 neurons or all weights
  /// are in the nearest cache, else 0.9; in a product 0.28 a step, and 1.5 or 3 for all steps together; the matrix of spikes takes 0.2 for a step of an input, and
  /// 0.3 for a spike.
  ///
  /// - Parameters:
  ///   - eventCount: spikes of all inputs in all steps.
  ///   - steps: at least 1.
  /// - Returns: `false` below four steps.
  package func takesProduct(eventCount: Int, steps: Int) -> Bool {
    guard steps >= 4 else { return false }
    let (vectors, count) = (Double(width / 16), Double(inputCount * steps))
    let isNear = width < 64 || 4 * inputCount * width <= Self.nearBytes
    let events = Double(eventCount) * vectors * (isNear ? 0.4 : 0.9)
    let padded = Double(inputCount * ((steps + 15) & ~15))
    let product = vectors * (0.28 * count + Double(inputCount) * (isNear ? 1.5 : 3))
    return events > product + 0.2 * padded + 0.3 * Double(eventCount)
  }

  /// The nearest cache of a processor.
  private static let nearBytes = 48 << 10
}

/// What parameters of a network are.
package enum SpikingPart: Sendable, Equatable {
  case weight, bias, recurrent, timeConstant, synapseTime, threshold, delay, readWeight, readBias

  /// Whether users have it trained.
  package enum Kind: Sendable { case weights, timeConstants, thresholds, delays, readOut }

  package var kind: Kind {
    switch self {
    case .weight, .bias, .recurrent: .weights
    case .timeConstant, .synapseTime: .timeConstants
    case .threshold: .thresholds
    case .delay: .delays
    case .readWeight, .readBias: .readOut
    }
  }
}
