internal import Foundation
package import QHostInterfaces

extension Spiking {
  /// The network at parameters [n] as NIR has it, time constants being in steps.
  ///
  /// - Throws: severity `unsupported` for what NIR cannot say.
  package func nir(_ parameters: [Double]) throws(ComponentError) -> NIRFile {
    try checkNIR()
    let all = self.all(parameters)
    var (file, before) = (NIRFile(), "input")
    file.version = "1.0.8"
    file.nodes["input"] = NIRFile.Node(
      "Input", ["shape": .init([1], [Double(network.encoder.outputCount)])])
    func add(_ name: String, _ node: NIRFile.Node) {
      file.nodes[name] = node
      file.edges.append(NIRFile.Edge(before, name))
      before = name
    }
    for (index, layer) in network.layers.enumerated() {
      add(
        "layer_\(index)_weight",
        affine(layer.weights, layer.bias, layer.inputCount, layer.unitCount, all))
      add("layer_\(index)", neurons(layer, all))
      if let recurrent = layer.recurrent {
        let name = "layer_\(index)_recurrent"
        file.nodes[name] = affine(recurrent, nil, layer.unitCount, layer.unitCount, all)
        file.edges += [NIRFile.Edge(before, name), NIRFile.Edge(name, before)]
      }
    }
    if network.readOut == .trace {
      let ones = [Double](repeating: 1, count: network.readCount)
      let share = 1 / (1 - Double(network.neurons.traceFall))
      let shape = [network.readCount]
      add(
        "traces",
        NIRFile.Node(
          "LI",
          [
            "tau": .init(shape, ones.map { $0 * share }),
            "r": .init(shape, ones.map { $0 * share }),
            "v_leak": .init(shape, ones.map { _ in 0 }),
          ]))
      add(
        "readout",
        affine(network.readWeights, network.readBias, network.readCount, network.outputCount, all))
    }
    add("output", NIRFile.Node("Output", ["shape": .init([1], [Double(network.outputCount)])]))
    return file
  }

  private func checkNIR() throws(ComponentError) {
    let neurons = network.neurons
    let culprit: String? =
      if neurons.isQuadratic { "neuron=izhikevich" } else if neurons.portCount == 2 {
        "synapse=conductance"
      } else if neurons.reset == "none" { "reset=none" } else if neurons.isResetNext {
        "reset_step=next"
      } else if neurons.restSteps > 0 { "refractory" } else if neurons.adaptation > 0 {
        "adaptation"
      } else if network.layers.contains(where: { $0.maxDelay > 0 }) {
        "max_delay"
      } else if neurons.hasSynapseTime, network.readOut == .membrane {
        "readout=membrane with synapse=current"
      } else { nil }
    if let culprit {
      throw .unsupported(
        "model 'spiking' cannot be written as NIR, which has nothing for \(culprit)")
    }
  }

  private func affine(
    _ weights: Int, _ bias: Int?, _ inputs: Int, _ units: Int, _ all: [Double]
  ) -> NIRFile.Node {
    var values = [Double](repeating: 0, count: inputs * units)
    for input in 0..<inputs {
      for unit in 0..<units {
        values[unit * inputs + input] = Double(
          LayerMemory.rounded(all[weights + input * units + unit]))
      }
    }
    guard let bias else {
      return NIRFile.Node("Linear", ["weight": .init([units, inputs], values)])
    }
    let own = (0..<units).map { Double(LayerMemory.rounded(all[bias + $0])) }
    return NIRFile.Node(
      "Affine", ["weight": .init([units, inputs], values), "bias": .init([units], own)])
  }

  /// u = a v + b i is Euler's step of τ = 1/(1 − a), r = b/(1 − a); i = α i + x that of τ = 1/(1 − α), w = 1/(1 − α).
  private func neurons(_ layer: SpikingLayer, _ all: [Double]) -> NIRFile.Node {
    let shape = [layer.unitCount]
    let units = 0..<layer.unitCount
    let pairs = units.map { unit -> (Double, Double) in
      let (a, b) = network.neurons.coefficients(exp(all[(layer.timeConstants ?? 0) + unit]))
      return (1 / (1 - Double(a)), Double(b) / (1 - Double(a)))
    }
    var values: [String: NIRFile.Values] = [
      "r": .init(shape, pairs.map(\.1)), "v_leak": .init(shape, units.map { _ in 0 }),
    ]
    let hasSynapses = layer.synapseTimes != nil
    values[hasSynapses ? "tau_mem" : "tau"] = .init(shape, pairs.map(\.0))
    if let place = layer.synapseTimes {
      let falls = units.map { 1 / (1 - exp(-1 / exp(all[place + $0]))) }
      values["tau_syn"] = .init(shape, falls)
      values["w_in"] = .init(shape, falls)
    }
    if layer.isSilent { return NIRFile.Node(hasSynapses ? "CubaLI" : "LI", values) }
    values["v_threshold"] = .init(shape, units.map { all[(layer.thresholds ?? 0) + $0] })
    if network.neurons.reset == "zero" {
      values["v_reset"] = .init(shape, units.map { _ in network.neurons.resetValue })
    }
    return NIRFile.Node(hasSynapses ? "CubaLIF" : "LIF", values)
  }
}
