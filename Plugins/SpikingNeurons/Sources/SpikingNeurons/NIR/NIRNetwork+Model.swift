internal import Foundation
internal import QHostInterfaces

extension NIRNetwork {
  /// Reads the file that a model's settings name; `nil`: they name none.
  init?(_ configuration: Configuration) throws(ComponentError) {
    let path = configuration.text("nir")
    guard !path.isEmpty else { return nil }
    guard let dialect = NIRDialect(rawValue: configuration.choice("nir_dialect")) else {
      throw .parameter("spiking: nir_dialect '\(configuration.choice("nir_dialect"))' is not known")
    }
    let step = configuration.real("nir_step")
    try self.init(
      NIRFile(reading: path), dialect: dialect, step: step > 0 ? step : dialect.step)
  }

  /// Changes neurons to those of the file.
  func apply(to neurons: inout NeuronSettings, dialect: String) {
    neurons.neuron = "lif"
    neurons.integration = "euler"
    neurons.synapse = hasSynapses ? "current" : "delta"
    neurons.isThresholdReached = dialect == NIRDialect.spikingjelly.rawValue
    neurons.isResetNext = false
    if hasReset { (neurons.reset, neurons.resetValue) = ("zero", resetValue) }
  }

  var hidden: [Int] { layers.dropLast().map(\.timeConstants.count) }
  var isRecurrent: Bool { layers.contains { $0.recurrent != nil } }

  /// Checks that outputs and read-out are those of the file.
  func check(_ readOut: ReadOut, inputCount: Int, outputCount: Int) throws(ComponentError) {
    let isSilent = layers.last?.isSilent ?? false
    guard isSilent ? readOut == .membrane : readOut == .count || readOut == .firstSpike else {
      throw .parameter(
        "spiking: the NIR file ends with \(isSilent ? "LI" : "neurons that fire"); set readout="
          + (isSilent ? "membrane" : "count or first-spike"))
    }
    guard self.inputCount == inputCount, layers.last?.timeConstants.count == outputCount else {
      throw .parameter(
        "spiking: the NIR file maps \(self.inputCount) inputs to \(layers.last?.timeConstants.count ?? 0) outputs, and "
          + "\(inputCount) to \(outputCount) are asked for")
    }
  }

  /// All parameters [A] of the network that was made for the file.
  func all(_ network: SpikingNetwork) -> [Double] {
    var all = [Double](repeating: 0, count: network.allCount)
    for piece in network.pieces where piece.layer < layers.count {
      let layer = layers[piece.layer]
      let values: [Double] =
        switch piece.part {
        case .weight: layer.weights.values
        case .bias: layer.bias
        case .recurrent: layer.recurrent?.values ?? [Double](repeating: 0, count: piece.count)
        case .timeConstant: layer.timeConstants.map { log($0) }
        case .synapseTime: layer.synapseTimes.map { log($0) }
        case .threshold: layer.thresholds
        case .delay, .readWeight, .readBias: [Double](repeating: 0, count: piece.count)
        }
      all.replaceSubrange(piece.place..<piece.place + piece.count, with: values)
    }
    return all
  }

  /// How the settings are declared.
  static let parameters: [ParameterDescriptor] = [
    .path(
      "nir", default: "",
      "A NIR file whose layers, weights and constants the network has; empty: none."),
    .choice(
      "nir_dialect", default: "nir", of: NIRDialect.choice, "Which program the file is from."),
    .real(
      "nir_step", default: 0, in: 0...1, unit: "s",
      "The length of a step, which no file has; 0: that of the dialect."),
    .choice(
      "graph", default: "none",
      of: [
        .init("none", "It has none."),
        .init("nir", "Nodes of NIR, which the target 'nir' writes."),
      ], "What the network's graph is made of."),
  ]
}
