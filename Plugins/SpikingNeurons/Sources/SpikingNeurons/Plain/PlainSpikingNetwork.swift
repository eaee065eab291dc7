#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

func logarithm(_ x: Double) -> Double { log(x) }

/// A network by its equations, all layers step by step; the plain version of the sessions.
package struct PlainSpikingNetwork<Number: PlainNumber> {
  /// An event of a step.
  package typealias Event = (channel: Int, value: Double)

  private let network: SpikingNetwork
  private let all: [Number]
  private var layers: [PlainNeurons<Number>]
  private var inputTraces: [Number]
  /// Spikes of the last layer's neurons in the row.
  private var counts: [Number]
  /// Currents that delays lead to, [D + 1 × ports × H] of each layer.
  private var pending: [[[Number]]]
  /// The spikes of each step and layer.
  package private(set) var spikes: [[[Double]]] = []
  /// The membranes, before resets.
  package private(set) var voltages: [[[Double]]] = []

  /// Takes all parameters, [A]; weights must be multiples of 2⁻¹⁴ already.
  package init(_ network: SpikingNetwork, all: [Number]) {
    self.network = network
    self.all = all
    layers = network.layers.map {
      PlainNeurons($0.unitCount, network.neurons, isSilent: $0.isSilent)
    }
    let zero = Number(0)
    inputTraces = [Number](repeating: zero, count: network.encoder.outputCount)
    counts = [Number](repeating: zero, count: network.layers.last?.unitCount ?? 0)
    pending = network.layers.map {
      [[Number]](
        repeating: [Number](repeating: zero, count: $0.portCount * $0.unitCount),
        count: $0.maxDelay + 2)
    }
  }

  /// Runs a row and reads its outputs, [C]; continues where the last row ended.
  package mutating func run(_ steps: [[Event]]) -> [Number] {
    let first = spikes.count
    for layer in layers.indices {
      layers[layer].sums = layers[layer].sums.map { _ in Number(0) }
    }
    counts = counts.map { _ in Number(0) }
    for events in steps {
      step(events)
      if let last = layers.last { counts = zip(counts, last.spikes).map { $0 + $1 } }
    }
    return read(first)
  }

  private mutating func step(_ events: [Event]) {
    let fall = Number(Double(network.neurons.traceFall))
    inputTraces = inputTraces.map { fall * $0 }
    var inputs = events.map { (channel: $0.channel, value: Number($0.value)) }
    for input in inputs { inputTraces[input.channel] = inputTraces[input.channel] + input.value }
    for index in layers.indices {
      let currents = self.currents(index, inputs)
      let layer = network.layers[index]
      for unit in 0..<layer.unitCount {
        let own = (0..<layer.portCount).map { currents[$0 * layer.unitCount + unit] }
        let (decay, gain) = coefficients(layer, unit)
        layers[index].step(
          unit, own, decay: decay, gain: gain,
          fall: layer.synapseTimes.map { Number.fall(all[$0 + unit]) } ?? Number(0),
          threshold: layer.thresholds.map { all[$0 + unit] } ?? Number(30))
      }
      inputs = layers[index].spikes.enumerated().map { ($0.offset, $0.element) }
    }
    spikes.append(layers.map { $0.spikes.map(\.value) })
    voltages.append(layers.map { $0.voltages.map(\.value) })
  }

  private func coefficients(_ layer: SpikingLayer, _ unit: Int) -> (Number, Number) {
    guard let place = layer.timeConstants else { return (Number(0), Number(1)) }
    return Number.coefficients(network.neurons, all[place + unit])
  }

  /// The currents of a step, [ports × H].
  private mutating func currents(_ index: Int, _ inputs: [(channel: Int, value: Number)])
    -> [Number]
  {
    let layer = network.layers[index]
    let h = layer.unitCount
    for input in inputs {
      for unit in 0..<h {
        let place = input.channel * h + unit
        let weight = all[layer.weights + place]
        let delay = layer.delays.map { all[$0 + place] } ?? Number(0)
        let shift = Int(delay.value.rounded())
        add(index, shift, unit, weight, input.value)
        // Along a delay a spike is a straight line to the steps before and after.
        let line = Number(0.5) * (delay - Number(delay.value))
        add(index, shift + 1, unit, weight, input.value * line)
        if shift > 0 {
          add(index, shift - 1, unit, weight, input.value * (Number(0) - line))
        }
      }
    }
    let fired = layers[index].spikes
    if let recurrent = layer.recurrent {
      for source in 0..<h {
        for unit in 0..<h { add(index, 0, unit, all[recurrent + source * h + unit], fired[source]) }
      }
    }
    if let bias = layer.bias {
      for unit in 0..<h { add(index, 0, unit, all[bias + unit], Number(1)) }
    }
    let now = pending[index].removeFirst()
    pending[index].append(now.map { _ in Number(0) })
    return now
  }

  private mutating func add(
    _ index: Int, _ shift: Int, _ unit: Int, _ weight: Number, _ value: Number
  ) {
    let h = network.layers[index].unitCount
    let isInhibition = network.layers[index].portCount == 2 && weight.value < 0
    let place = isInhibition ? h + unit : unit
    let signed = isInhibition ? Number(0) - weight : weight
    pending[index][shift][place] = pending[index][shift][place] + Number.product(signed, value)
  }

  private func read(_ first: Int) -> [Number] {
    let gain = Number(Double(network.outputGain))
    let steps = spikes.count - first
    guard let last = layers.last else { return readTraces(inputTraces, gain) }
    switch network.readOut {
    case .trace: return readTraces(last.traces, gain)
    case .membrane:
      return last.sums.map { gain * $0 * Number(1 / Double(steps)) }
    case .count:
      return counts.map { gain * $0 }
    case .firstSpike:
      return (0..<network.outputCount).map { unit in
        let step = (first..<spikes.count).first { (spikes[$0].last?[unit] ?? 0) > 0 }
        return gain * Number(-Double((step ?? spikes.count) - first))
      }
    }
  }

  private func readTraces(_ traces: [Number], _ gain: Number) -> [Number] {
    (0..<network.outputCount).map { unit in
      var sum = all[network.readBias + unit]
      for (place, trace) in traces.enumerated() {
        sum = sum + all[network.readWeights + place * network.outputCount + unit] * trace.onLattice
      }
      return gain * sum
    }
  }
}
