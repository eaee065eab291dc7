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
