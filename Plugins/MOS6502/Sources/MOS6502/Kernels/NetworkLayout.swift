/// Where the variables of a network lie.
struct NetworkLayout {
  let network: IntegerNetwork
  /// Bytes for passing use: 4, or as many as a loop needs.
  let low: Location
  /// [layers], the inputs of each layer.
  private let inputs: [LayerInputs]
  /// [low bytes, high bytes] of outputs.
  private let outputs: [Location]
  /// [low bytes, high bytes] of the sums of the layers that keep them in memory.
  let sums: [Location]

  init(_ network: IntegerNetwork, kernels: [LayerKernel], plan: inout MemoryPlan) {
    self.network = network
    let last = network.layers.count - 1
    let hasLoop = kernels.contains { $0.form == .loop }
    low = plan.place("low", count: hasLoop ? LoopLayer.scratchCount : 4, during: 0...last)
    var inputs = [
      LayerInputs(
        multiples: [plan.place("input", count: network.inputCount, during: 0...0)],
        maximum: network.inputMaximum)
    ]
    let keeping = kernels.indices.filter { kernels[$0].form != .direct }
    if let first = keeping.first, let end = keeping.last {
      let count = keeping.reduce(0) { max($0, network.layers[$1].unitCount) }
      sums = ["sum_low", "sum_high"].map { plan.place($0, count: count, during: first...end) }
    } else {
      sums = []
    }
    outputs = ["output_low", "output_high"].map {
      plan.place($0, count: network.outputCount, during: last...last)
    }
    for index in 0..<last {
      let layer = network.layers[index]
      var multiples = [
        plan.place("hidden\(index)", count: layer.unitCount, during: index...index + 1)
      ]
      if kernels[index + 1].takesMultiples {
        let highest = LayerInputs.highestPower(of: network.layers[index + 1])
        for power in 0..<highest {
          let name = "hidden\(index)_times\(2 << power)"
          multiples.append(plan.place(name, count: layer.unitCount, during: index...index + 1))
        }
      }
      inputs.append(LayerInputs(multiples: multiples, maximum: layer.maximum))
    }
    self.inputs = inputs
  }

  func context(_ index: Int, tables: ActivationTables) -> LayerContext {
    let layer = network.layers[index]
    let isOutput = index == network.layers.count - 1
    return LayerContext(
      layer: layer, index: index, inputs: inputs[index],
      results: isOutput ? outputs : inputs[index + 1].multiples, low: low,
      tables: layer.activations.map { tables.name($0) }, ranges: network.sumRanges(of: index))
  }

  /// Whether a loop can compute a layer: its sums have 16 bits with sign, its counters a byte.
  static func canLoop(_ network: IntegerNetwork, layer: Int) -> Bool {
    network.layers[layer].unitCount <= 255
      && network.sumRanges(of: layer).allSatisfy { (-0x8000...0x7FFF).contains($0) }
  }

  /// Whether the multiples of a layer's inputs that its weights need fit in a byte.
  static func canTakeMultiples(_ network: IntegerNetwork, layer: Int) -> Bool {
    let highest = LayerInputs.highestPower(of: network.layers[layer])
    return layer > 0 && highest > 0 && network.inputMaximum(of: layer) << highest <= 255
  }
}
