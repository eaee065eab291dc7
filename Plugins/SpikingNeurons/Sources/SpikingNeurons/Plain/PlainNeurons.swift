/// The neurons of one layer by their equations, one after the other: what kernels are checked against.
package struct PlainNeurons<Number: PlainNumber> {
  private let neurons: NeuronSettings
  private let isSilent: Bool
  package private(set) var membranes: [Number]
  package private(set) var spikes: [Number]
  package private(set) var traces: [Number]
  package var sums: [Number]
  /// u of the last step, before resets.
  package private(set) var voltages: [Number]
  private var synapses: [Number]
  private var inhibitions: [Number]
  private var adaptations: [Number]
  private var resting: [Int]

  package init(_ count: Int, _ neurons: NeuronSettings, isSilent: Bool) {
    self.neurons = neurons
    self.isSilent = isSilent
    let zeros = [Number](repeating: Number(0), count: count)
    (spikes, traces, sums, voltages, synapses, inhibitions) = (
      zeros, zeros, zeros, zeros, zeros, zeros
    )
    let (b, c) = (neurons.quadratic[1], neurons.quadratic[2])
    membranes = neurons.isQuadratic ? zeros.map { _ in Number(c) } : zeros
    adaptations =
      neurons.isQuadratic ? zeros.map { _ in Number(Double(Float(b) * Float(c))) } : zeros
    resting = [Int](repeating: 0, count: count)
  }

  /// One step of a neuron.
  ///
  /// - Parameters:
  ///   - unit: which.
  ///   - currents: one, or of excitation and of inhibition.
  ///   - decay: a.
  ///   - gain: b.
  ///   - fall: α.
  ///   - threshold: θ.
  package mutating func step(
    _ unit: Int, _ currents: [Number], decay: Number, gain: Number, fall: Number, threshold: Number
  ) {
    let one = Number(1), reset = Number(neurons.resetValue)
    let fired = spikes[unit]
    var before = membranes[unit]
    if neurons.isResetNext, !isSilent, neurons.reset == "zero" {
      before = before * (one - fired.detached) + reset * fired.detached
    }
    var drive = currents[0]
    if neurons.hasSynapseTime {
      synapses[unit] = fall * synapses[unit] + currents[0]
      drive = synapses[unit]
    }
    if neurons.portCount == 2 {
      inhibitions[unit] = fall * inhibitions[unit] + currents[1]
      drive =
        synapses[unit] * (Number(neurons.excitatory) - before)
        + inhibitions[unit] * (Number(neurons.inhibitory) - before)
    }
    if neurons.isQuadratic { return stepQuadratic(unit, drive) }
    if neurons.integration != "impulse" { drive = gain * drive }
    var u = decay * before + drive
    if neurons.isResetNext, !isSilent, neurons.reset == "subtract" {
      u = u - threshold * fired.detached
    }
    let rests = !isSilent && resting[unit] > 0
    if rests {
      u = reset
      resting[unit] -= 1
    }
    var bound = threshold
    if neurons.adaptation > 0 { bound = bound + Number(neurons.adaptation) * adaptations[unit] }
    var spike = u.spike(over: bound, isReached: neurons.isThresholdReached)
    if rests || isSilent { spike = Number(0) }
    voltages[unit] = u
    sums[unit] = sums[unit] + u
    if !neurons.isResetNext, !isSilent {
      if neurons.reset == "subtract" { u = u - threshold * spike.detached }
      if neurons.reset == "zero" { u = u * (one - spike.detached) + reset * spike.detached }
    }
    membranes[unit] = u
    adaptations[unit] = fallOfAdaptation * adaptations[unit] + spike
    if spike.value > 0, !isSilent { resting[unit] = max(resting[unit], neurons.restSteps) }
    finish(unit, spike)
  }

  private var fallOfAdaptation: Number { Number.fall(Number(logarithm(neurons.adaptationTime))) }

  private mutating func finish(_ unit: Int, _ spike: Number) {
    traces[unit] = Number(Double(neurons.traceFall)) * traces[unit] + spike
    spikes[unit] = spike
  }

  private mutating func stepQuadratic(_ unit: Int, _ drive: Number) {
    func n(_ x: Double) -> Number { Number(x) }
    var u = membranes[unit]
    for _ in 0..<2 {
      var slope = (n(Double(Float(0.04))) * u) * u + n(5) * u
      slope = ((slope + n(140)) - adaptations[unit]) + drive
      u = u + n(0.5) * slope
    }
    let q = neurons.quadratic.map { Number(Double(Float($0))) }
    adaptations[unit] = adaptations[unit] + q[0] * (q[1] * u - adaptations[unit])
    let spike = isSilent ? Number(0) : u.spike(over: Number(30), isReached: true)
    voltages[unit] = u
    sums[unit] = sums[unit] + u
    if spike.value > 0 {
      u = q[2]
      adaptations[unit] = adaptations[unit] + q[3]
    }
    membranes[unit] = u
    finish(unit, spike)
  }
}
