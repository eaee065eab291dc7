internal import QHostInterfaces

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What parameters start with.
///
/// Weights are uniform, of a spread that moves membranes by about 0.7 thresholds: the deviation of a membrane that currents of
/// deviation σ meet is b σ / √(1 − a²), and that of a neuron's current √(N ρ) that of its weights, ρ being the
/// mean square of the inputs.
struct InitialParameters: Sendable {
  let network: SpikingNetwork
  /// ρ of the encoder's outputs.
  let activity: Double
  let scale: Double
  /// What time constants are spread by: e^(spread · normal).
  let timeSpread: Double

  /// The spread of the weights of a layer.
  func spread(_ layer: Int) -> Double {
    let neurons = network.neurons
    let inputs = Double(network.layers[layer].inputCount)
    let current = (inputs * (layer == 0 ? activity : 0.1)).squareRoot()
    if neurons.isQuadratic { return scale * 10 / current }
    let (a, b) = neurons.coefficients(neurons.timeConstant)
    let isConstant = layer == 0 && network.encoder.isConstant
    let fall = exp(-1 / neurons.synapseTime)
    var rise = isConstant ? 1 - Double(a) : (1 - Double(a * a)).squareRoot()
    if neurons.hasSynapseTime { rise *= isConstant ? 1 - fall : (1 - fall * fall).squareRoot() }
    if neurons.portCount == 2 { rise /= max(0.1, abs(neurons.excitatory)) }
    return scale * 0.7 * neurons.threshold * max(rise, 1e-3) / (Double(b) * current)
  }

  /// The spread of a piece, for the host.
  func scale(_ piece: SpikingNetwork.Piece) -> Double {
    switch piece.part {
    case .weight, .bias: spread(piece.layer)
    case .recurrent: recurrentSpread(piece.layer)
    case .timeConstant, .synapseTime: max(0.2, timeSpread)
    case .threshold: 0.2 * network.neurons.threshold
    case .delay: max(0.5, Double(network.layers[piece.layer].maxDelay) / 4)
    case .readWeight, .readBias: readSpread
    }
  }

  private func recurrentSpread(_ layer: Int) -> Double {
    let units = Double(network.layers[layer].unitCount)
    let inputs = Double(network.layers[layer].inputCount) * (layer == 0 ? activity : 0.1)
    return 0.5 * spread(layer) * (inputs / (0.1 * units)).squareRoot()
  }

  private var readSpread: Double { scale / Double(network.readCount).squareRoot() }

  /// All parameters, [A].
  func all(start: UInt64, host: any HostServices) -> [Double] {
    var all = [Double](repeating: 0, count: network.allCount)
    let uniforms = host.uniforms(step: start, index: 0, count: network.allCount)
    let normals =
      timeSpread > 0 ? host.normals(step: start, index: 1, count: network.allCount) : all
    for piece in network.pieces {
      let limit = scale(piece) * 3.0.squareRoot()
      for place in piece.place..<piece.place + piece.count {
        switch piece.part {
        case .weight, .recurrent, .readWeight: all[place] = (2 * uniforms[place] - 1) * limit
        case .bias, .readBias: break
        case .timeConstant:
          all[place] = bounded(log(network.neurons.timeConstant) + timeSpread * normals[place])
        case .synapseTime:
          all[place] = bounded(log(network.neurons.synapseTime) + timeSpread * normals[place])
        case .threshold: all[place] = network.neurons.threshold
        case .delay:
          all[place] = uniforms[place] * Double(network.layers[piece.layer].maxDelay)
        }
      }
    }
    return all
  }

  private func bounded(_ value: Double) -> Double {
    let bounds = network.bounds(.timeConstant, layer: 0)
    return min(max(value, bounds.lowerBound), bounds.upperBound)
  }
}

extension SpikingNetwork {
  /// Between what a parameter has to stay.
  func bounds(_ part: SpikingPart, layer: Int) -> ClosedRange<Double> {
    switch part {
    case .weight, .bias, .recurrent, .readWeight, .readBias: -Double.infinity...Double.infinity
    case .timeConstant: (neurons.integration == "euler" ? 0 : log(0.1))...log(10_000)
    case .synapseTime: log(0.1)...log(10_000)
    case .threshold: 0.01...100
    case .delay: 0...Double(layers[layer].maxDelay)
    }
  }
}
