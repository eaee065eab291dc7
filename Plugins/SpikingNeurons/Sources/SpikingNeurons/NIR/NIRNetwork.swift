internal import Foundation
package import QHostInterfaces

/// A chain of layers as a NIR file has it, in steps.
package struct NIRNetwork: Sendable {
  /// A layer.
  package struct Layer: Sendable {
    /// [N × H], bias [H], [H × H].
    package var weights: NIRMatrix
    package var bias: [Double]
    package var recurrent: NIRMatrix?
    /// Time constants in steps, [H]; of synapses, where currents decay.
    package var timeConstants: [Double] = []
    package var synapseTimes: [Double] = []
    package var thresholds: [Double] = []
    /// Leaky integrators, which have no spikes.
    package var isSilent = false
  }

  package private(set) var layers: [Layer] = []
  /// N of the first layer.
  package private(set) var inputCount = 0
  /// Whether spikes put membranes at ``resetValue``; where the file does not say, it is as the user sets it.
  package private(set) var hasReset = false
  package private(set) var resetValue = 0.0
  package private(set) var hasSynapses = false

  private let file: NIRFile
  private let dialect: NIRDialect
  private let step: Double

  /// Follows a file from its input to its output.
  ///
  /// - Throws: kind `data` for nodes and connections that a network of this plugin does not have, by their names.
  package init(
    _ file: NIRFile, dialect: NIRDialect, step: Double
  ) throws(ComponentError) {
    (self.file, self.dialect, self.step) = (file, dialect, step)
    guard let input = file.nodes.first(where: { $0.value.type == "Input" }),
      file.nodes.values.count(where: { $0.type == "Input" }) == 1
    else { throw .data("the NIR file has no Input node, or several; give one") }
    let shape = input.value.values["shape"] ?? input.value.values["input_type"]
    inputCount = Int((shape?.numbers ?? []).reduce(1, *))
    var (name, seen) = (try next(input.key), Set([input.key]))
    var pending: (weights: NIRMatrix, bias: [Double])?
    while let node = file.nodes[name], node.type != "Output" {
      guard seen.insert(name).inserted else { throw .data("the NIR file has a cycle at '\(name)'") }
      if let affine = try NIRMatrix.affine(node, name) {
        pending =
          pending.map { ($0.weights * affine.weights, affine.weights.apply($0.bias, affine.bias)) }
          ?? affine
      } else if node.type != "Flatten" {
        let width = node.values["tau"]?.numbers.count ?? node.values["tau_mem"]?.numbers.count ?? 0
        let before = pending ?? (NIRMatrix.identity(width), [Double](repeating: 0, count: width))
        layers.append(try layer(node, name, before))
        pending = nil
      }
      name = try next(name)
    }
    guard pending == nil, !layers.isEmpty else {
      throw .data(
        "the NIR file does not end with neurons; LIF, CubaLIF or LI has to be before its Output")
    }
    try check()
  }

  private func check() throws(ComponentError) {
    var inputs = inputCount
    for (index, layer) in layers.enumerated() {
      guard layer.weights.rows == inputs, layer.weights.columns == layer.timeConstants.count else {
        throw .data(
          "layer \(index) of the NIR file maps \(layer.weights.rows) to \(layer.weights.columns), and has "
            + "\(inputs) inputs and \(layer.timeConstants.count) neurons")
      }
      guard !layer.isSilent || index + 1 == layers.count else {
        throw .data("the NIR file has LI before its last layer, which this model has not")
      }
      guard layer.synapseTimes.isEmpty != hasSynapses else {
        throw .data("the NIR file has LIF and CubaLIF; all layers have to be of one kind")
      }
      guard layer.recurrent == nil || index + 1 < layers.count else {
        throw .data("the last layer of the NIR file is recurrent; only hidden layers may be")
      }
      if let time = layer.timeConstants.first(where: { $0 < 1 }) {
        throw .data(
          "a time constant of layer \(index) of the NIR file is \(time) steps of \(step) s, for which Euler's step is "
            + "unstable; set nir_step or nir_dialect")
      }
      inputs = layer.timeConstants.count
    }
  }

  /// The one node after another, what leads back to it aside.
  private func next(_ name: String) throws(ComponentError) -> String {
    let ways = file.targets(of: name).filter { !isLoop($0, of: name) }
    guard ways.count == 1, file.nodes[ways[0]] != nil else {
      throw .data("'\(name)' of the NIR file leads to \(ways.count) nodes; this model is a chain")
    }
    let back = file.sources(of: ways[0]).filter { $0 != name && !isLoop($0, of: ways[0]) }
    guard back.isEmpty else {
      throw .data(
        "'\(ways[0])' of the NIR file has inputs from '\(name)' and '\(back[0])'; this model is a chain"
      )
    }
    return ways[0]
  }

  /// Whether a node does nothing but lead spikes of neurons back to them.
  private func isLoop(_ name: String, of neurons: String) -> Bool {
    guard let node = file.nodes[name], ["Linear", "Affine"].contains(node.type) else {
      return false
    }
    return file.sources(of: name) == [neurons] && file.targets(of: name) == [neurons]
  }

  private mutating func layer(
    _ node: NIRFile.Node, _ name: String, _ before: (weights: NIRMatrix, bias: [Double])
  ) throws(ComponentError) -> Layer {
    guard ["LIF", "CubaLIF", "LI"].contains(node.type) else {
      throw .data(
        "node '\(name)' of the NIR file is \(node.type); this model has Linear, Affine, Conv1d, Conv2d, Flatten, LIF, "
          + "CubaLIF and LI")
    }
    let isCuba = node.type == "CubaLIF"
    let times = try values(node, name, isCuba ? "tau_mem" : "tau")
    func list(_ key: String, _ other: Double) throws(ComponentError) -> [Double] {
      guard node.values[key] != nil else { return [Double](repeating: other, count: times.count) }
      let own = try values(node, name, key)
      return own.count == 1 ? [Double](repeating: own[0], count: times.count) : own
    }
    let leak = try list("v_leak", 0)
    var scales = dialect == .norse ? [Double](repeating: 1, count: times.count) : try list("r", 1)
    var layer = Layer(weights: before.weights, bias: before.bias)
    layer.timeConstants = times.map { dialect.steps($0, step: step) }
    if isCuba {
      let synapses = try values(node, name, "tau_syn").map { dialect.steps($0, step: step) }
      // The share of a step that a synapse falls by, and what an input adds to it.
      layer.synapseTimes = synapses.map { -1 / log(1 - 1 / max($0, 1 + 1e-9)) }
      let inputs = try list("w_in", 1)
      if dialect != .norse {
        for unit in scales.indices { scales[unit] *= inputs[unit] / synapses[unit] }
      }
    }
    hasSynapses = hasSynapses || isCuba
    layer.isSilent = node.type == "LI"
    if !layer.isSilent {
      let thresholds = try list("v_threshold", 1)
      layer.thresholds = zip(thresholds, leak).map { $0 - $1 }
      if node.values["v_reset"] != nil { try take(try list("v_reset", 0), leak, name) }
    }
    if let loop = file.targets(of: name).first(where: { isLoop($0, of: name) }),
      let node = file.nodes[loop], let own = try NIRMatrix.affine(node, loop)
    {
      layer.recurrent = own.weights.scaled(scales)
      layer.bias = zip(layer.bias, own.bias).map { $0 + $1 }
    }
    layer.weights = layer.weights.scaled(scales)
    layer.bias = zip(layer.bias, scales).map { $0 * $1 }
    return layer
  }

  private mutating func take(
    _ resets: [Double], _ leak: [Double], _ name: String
  ) throws(ComponentError) {
    let own = zip(resets, leak).map { $0 - $1 }
    guard let first = own.first, own.allSatisfy({ $0 == first }), !hasReset || resetValue == first
    else {
      throw .data(
        "neurons of the NIR file are reset to different places, at '\(name)'; this model has one v_reset"
      )
    }
    (hasReset, resetValue) = (true, first)
  }

  private func values(
    _ node: NIRFile.Node, _ name: String, _ key: String
  ) throws(ComponentError) -> [Double] {
    guard let values = node.values[key] else {
      throw .data("node '\(name)' of the NIR file, \(node.type), has no \(key)")
    }
    return values.numbers
  }
}
