internal import CSpikingNeurons
internal import QHostMemory

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The parameters of a layer in the form that kernels want.
final class LayerMemory {
  let layer: SpikingLayer
  let neurons: NeuronSettings
  /// [N × W].
  let weights: AlignedBuffer<Float>
  /// [W].
  let bias: AlignedBuffer<Float>
  /// [H × W]; empty without.
  let recurrent: AlignedBuffer<Float>
  /// [N × S]; empty without.
  let delays: AlignedBuffer<UInt32>
  let decay: AlignedBuffer<Float>
  let gain: AlignedBuffer<Float>
  let threshold: AlignedBuffer<Float>
  let synapse: AlignedBuffer<Float>
  let kernel: qhost_spiking_layer
  private let row: AlignedBuffer<Float>

  init(_ layer: SpikingLayer, _ neurons: NeuronSettings) {
    self.layer = layer
    self.neurons = neurons
    let (s, w) = (layer.lanes, layer.width)
    weights = AlignedBuffer(count: layer.inputCount * w)
    bias = AlignedBuffer(count: w)
    recurrent = AlignedBuffer(count: layer.recurrent == nil ? 0 : layer.unitCount * w)
    delays = AlignedBuffer(count: layer.delays == nil ? 0 : layer.inputCount * s)
    decay = AlignedBuffer(count: s)
    gain = AlignedBuffer(count: s)
    threshold = AlignedBuffer(count: s)
    synapse = AlignedBuffer(count: s)
    row = AlignedBuffer(count: s)
    // Lanes without a neuron never fire.
    for lane in 0..<s {
      threshold.start[lane] =
        lane >= layer.unitCount || layer.isSilent ? 1e30 : neurons.isQuadratic ? 30 : 0
      gain.start[lane] = 1
    }
    var kernel = qhost_spiking_layer()
    kernel.lanes = s
    kernel.flags = neurons.flags(
      isSilent: layer.isSilent, isTraced: layer.isTraced, isCounted: layer.isCounted)
    kernel.decay = UnsafePointer(decay.start)
    kernel.gain = UnsafePointer(gain.start)
    kernel.threshold = UnsafePointer(threshold.start)
    kernel.synapse = UnsafePointer(synapse.start)
    kernel.reset = Float(neurons.isQuadratic ? neurons.quadratic[2] : neurons.resetValue)
    kernel.adaptation = Float(neurons.adaptation)
    kernel.adaptation_decay = Float(exp(-1 / neurons.adaptationTime))
    kernel.rest_steps = Float(neurons.restSteps)
    kernel.trace_decay = neurons.traceFall
    kernel.excitatory = Float(neurons.excitatory)
    kernel.inhibitory = Float(neurons.inhibitory)
    kernel.recovery = Float(neurons.quadratic[0])
    kernel.sensitivity = Float(neurons.quadratic[1])
    kernel.jump = Float(neurons.quadratic[3])
    self.kernel = kernel
  }

  /// Takes its parameters out of all, [A].
  func take(_ all: UnsafePointer<Double>) {
    let h = layer.unitCount
    if layer.portCount == 1, h == layer.lanes {
      qhost_spiking_round(all + layer.weights, layer.inputCount * h, weights.start)
    } else {
      for i in 0..<layer.inputCount {
        take(all + layer.weights + i * h, weights.start + i * layer.width)
      }
    }
    if let place = layer.bias { take(all + place, bias.start) }
    if let place = layer.recurrent {
      for k in 0..<h { take(all + place + k * h, recurrent.start + k * layer.width) }
    }
    for unit in 0..<h {
      if let place = layer.timeConstants { setTimeConstant(unit, all[place + unit]) }
      if let place = layer.synapseTimes { setSynapseTime(unit, all[place + unit]) }
      if let place = layer.thresholds { threshold.start[unit] = Float(all[place + unit]) }
    }
    if let place = layer.delays {
      for i in 0..<layer.inputCount {
        for unit in 0..<h { setDelay(i, unit, all[place + i * h + unit]) }
      }
    }
  }

  /// A row of weights [H] as currents [W].
  private func take(_ values: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Float>) {
    guard layer.portCount == 2 else { return qhost_spiking_round(values, layer.unitCount, out) }
    qhost_spiking_round(values, layer.unitCount, row.start)
    for unit in 0..<layer.unitCount {
      out[unit] = max(row.start[unit], 0)
      out[layer.lanes + unit] = max(-row.start[unit], 0)
    }
  }

  /// Sets one weight or bias of a row.
  func set(_ row: UnsafeMutablePointer<Float>, _ unit: Int, _ value: Double) {
    let weight = Self.rounded(value)
    row[unit] = layer.portCount == 2 ? max(weight, 0) : weight
    if layer.portCount == 2 { row[layer.lanes + unit] = max(-weight, 0) }
  }

  /// The nearest multiple of 2⁻¹⁴.
  static func rounded(_ value: Double) -> Float {
    var (from, to) = (value, Float(0))
    qhost_spiking_round(&from, 1, &to)
    return to
  }

  func setTimeConstant(_ unit: Int, _ logarithm: Double) {
    (decay.start[unit], gain.start[unit]) = neurons.coefficients(exp(logarithm))
  }

  func setSynapseTime(_ unit: Int, _ logarithm: Double) {
    synapse.start[unit] = Float(exp(-1 / exp(logarithm)))
  }

  func setDelay(_ input: Int, _ unit: Int, _ value: Double) {
    let delay = value.isFinite ? value.rounded() : 0
    delays.start[input * layer.lanes + unit] = UInt32(max(0, min(Double(layer.maxDelay), delay)))
  }
}
