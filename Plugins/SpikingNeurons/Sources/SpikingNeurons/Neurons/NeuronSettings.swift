internal import CSpikingNeurons
package import QHostInterfaces

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What the neurons of a network do; the same for all of its layers.
package struct NeuronSettings: Sendable, Equatable {
  /// `lif` or `izhikevich`.
  package var neuron = "lif"
  /// `impulse`, `euler` or `exponential`.
  package var integration = "impulse"
  /// `delta`, `current` or `conductance`.
  package var synapse = "delta"
  /// `subtract`, `zero` or `none`.
  package var reset = "subtract"
  /// Whether the reset is seen in the next step only.
  package var isResetNext = false
  /// Whether spikes come at the threshold, and not above it only.
  package var isThresholdReached = false
  /// Where `zero` puts the membrane.
  package var resetValue = 0.0
  /// Steps of rest after a spike.
  package var restSteps = 0
  /// What a spike adds to the threshold.
  package var adaptation = 0.0
  /// Steps in which that falls to 1/e.
  package var adaptationTime = 100.0
  /// Steps in which the membrane falls to 1/e.
  package var timeConstant = 10.0
  /// Steps in which a synapse falls to 1/e.
  package var synapseTime = 5.0
  /// Where spikes come.
  package var threshold = 1.0
  /// Steps in which a trace falls to 1/e.
  package var traceTime = 20.0
  /// The reversal potentials of conductances.
  package var excitatory = 5.0
  /// The same of inhibition.
  package var inhibitory = -1.0
  /// a, b, c, d of Izhikevich's neurons.
  package var quadratic = [0.02, 0.2, -65, 8]

  /// Makes leaky integrate-and-fire neurons.
  package init() {}

  package init(_ configuration: Configuration) throws(ComponentError) {
    neuron = configuration.choice("neuron")
    integration = configuration.choice("integration")
    synapse = configuration.choice("synapse")
    reset = configuration.choice("reset")
    isResetNext = configuration.choice("reset_step") == "next"
    isThresholdReached = configuration.choice("fires") == "reached"
    resetValue = configuration.real("reset_value")
    restSteps = configuration.integer("refractory")
    adaptation = configuration.real("adaptation")
    adaptationTime = configuration.real("adaptation_time")
    timeConstant = configuration.real("time_constant")
    synapseTime = configuration.real("synapse_time")
    threshold = configuration.real("threshold")
    traceTime = configuration.real("trace_time")
    let potentials = configuration.reals("reversal_potentials")
    guard potentials.count == 2 else {
      throw .parameter(
        "spiking: reversal_potentials has \(potentials.count) values; give that of excitation and that of inhibition"
      )
    }
    (excitatory, inhibitory) = (potentials[0], potentials[1])
    quadratic = configuration.reals("izhikevich")
    guard quadratic.count == 4 else {
      throw .parameter("spiking: izhikevich has \(quadratic.count) values; give a, b, c and d")
    }
    if !isQuadratic, integration == "euler", timeConstant < 1 {
      throw .parameter(
        "spiking: time_constant is \(timeConstant) steps, for which Euler's step is unstable; give at least 1, "
          + "or integration=exponential")
    }
  }

  package var isQuadratic: Bool { neuron == "izhikevich" }
  /// Currents that a neuron has in each step: two of conductances.
  package var portCount: Int { synapse == "conductance" ? 2 : 1 }
  package var hasSynapseTime: Bool { synapse != "delta" }

  /// What is left of a trace after a step.
  package var traceFall: Float { Float(exp(-1 / traceTime)) }

  /// a and b of u = a v + b i for a time constant τ in steps.
  package func coefficients(_ timeConstant: Double) -> (decay: Float, gain: Float) {
    if isQuadratic { return (0, 1) }
    let fall = Float(exp(-1 / timeConstant))
    return switch integration {
    case "euler": (Float(1 - 1 / timeConstant), Float(1 / timeConstant))
    case "exponential": (fall, 1 - fall)
    default: (fall, 1)
    }
  }

  /// da/dτ and db/dτ.
  package func slopes(_ timeConstant: Double) -> (decay: Double, gain: Double) {
    let square = timeConstant * timeConstant
    let fall = exp(-1 / timeConstant) / square
    return switch integration {
    case "euler": (1 / square, -1 / square)
    case "exponential": (fall, -fall)
    default: (fall, 0)
    }
  }

  /// The flags of the kernels for a layer.
  package func flags(isSilent: Bool, isTraced: Bool, isCounted: Bool = false) -> UInt32 {
    var flags = 0
    if isQuadratic { flags |= QHOST_SPIKING_IZHIKEVICH | QHOST_SPIKING_ZERO }
    if synapse == "current" { flags |= QHOST_SPIKING_CURRENT }
    if synapse == "conductance" { flags |= QHOST_SPIKING_CONDUCTANCE }
    if !isQuadratic {
      if reset == "subtract" { flags |= QHOST_SPIKING_SUBTRACT }
      if reset == "zero" { flags |= QHOST_SPIKING_ZERO }
      if isResetNext, !isSilent { flags |= QHOST_SPIKING_NEXT }
      if adaptation > 0, !isSilent { flags |= QHOST_SPIKING_ADAPTS }
      if integration != "impulse" { flags |= QHOST_SPIKING_SCALED }
    }
    if isThresholdReached || isQuadratic { flags |= QHOST_SPIKING_REACHED }
    if restSteps > 0, !isSilent { flags |= QHOST_SPIKING_RESTS }
    if isSilent { flags |= QHOST_SPIKING_SILENT | QHOST_SPIKING_SUMMED }
    if isTraced { flags |= QHOST_SPIKING_TRACED }
    if isCounted { flags |= QHOST_SPIKING_COUNTED }
    return UInt32(flags)
  }
}
