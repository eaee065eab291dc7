package import QHostInterfaces

extension NeuronSettings {
  /// How they are declared.
  package static let parameters: [ParameterDescriptor] = [
    .choice(
      "neuron", default: "lif",
      of: [
        .init("lif", "Leaky integrate-and-fire: u = a v + b i, a spike above the threshold."),
        .init("izhikevich", "Quadratic with recovery, in steps of 1 ms; it has no gradient."),
      ], tunable: true, "What neurons are."),
    .choice(
      "integration", default: "impulse",
      of: [
        .init(
          "impulse",
          "a = e^(-1/tau), b = 1: a weight is how far a spike moves the membrane (snnTorch)."),
        .init("euler", "a = 1 - 1/tau, b = 1/tau: Euler's step (NIR, Norse, SpikingJelly)."),
        .init("exponential", "a = e^(-1/tau), b = 1 - a: exact where the current is constant."),
      ], "How the membrane is stepped, tau being its time constant in steps."),
    .choice(
      "synapse", default: "delta",
      of: [
        .init("delta", "A spike's current lasts one step."),
        .init("current", "Currents decay; a spike counts from its own step on."),
        .init("conductance", "Conductances decay; weights above 0 excite, those below 0 inhibit."),
      ], tunable: true, "What spikes are to the neurons that they reach."),
    .choice(
      "reset", default: "subtract",
      of: [
        .init("subtract", "The threshold is taken off the membrane."),
        .init("zero", "The membrane is put at reset_value."),
        .init("none", "Nothing happens."),
      ], "What a spike does to the membrane."),
    .choice(
      "reset_step", default: "same",
      of: [
        .init("same", "In the step of the spike."),
        .init("next", "In the next step (snnTorch's default)."),
      ], "When the reset is seen."),
    .choice(
      "fires", default: "above",
      of: [
        .init("above", "u > threshold (NIR, snnTorch, Norse)."),
        .init("reached", "u >= threshold (SpikingJelly)."),
      ], "When there is a spike."),
    .real("reset_value", default: 0, in: -1000...1000, "Where reset=zero puts the membrane."),
    .integer("refractory", default: 0, in: 0...1000, "Steps of rest after a spike."),
    .real(
      "adaptation", default: 0, in: 0...1000, tunable: true,
      "What a spike adds to the threshold; it falls with adaptation_time."),
    .real(
      "adaptation_time", default: 100, in: 1...100_000,
      "Time constant of the adaptation, in steps."),
    .real(
      "time_constant", default: 10, in: 0.1...10_000, tunable: true, logarithmic: true,
      "Time constant of the membrane, in steps; where it is trained, the one to start with."),
    .real(
      "synapse_time", default: 5, in: 0.1...10_000, tunable: true, logarithmic: true,
      "Time constant of synapses, in steps."),
    .real(
      "threshold", default: 1, in: 0.01...100,
      "Where there is a spike, for lif; where it is trained, the one to start with."),
    .real(
      "trace_time", default: 20, in: 0.1...200, tunable: true, logarithmic: true,
      "Time constant of the traces of readout=trace, in steps."),
    .reals(
      "reversal_potentials", default: [5, -1],
      "Where conductances drive the membrane: of excitation, of inhibition."),
    .reals(
      "izhikevich", default: [0.02, 0.2, -65, 8],
      "a, b, c, d of Izhikevich's neurons; 0.02,0.2,-65,8 is regular spiking, 0.1,0.2,-65,2 fast."),
  ]
}
