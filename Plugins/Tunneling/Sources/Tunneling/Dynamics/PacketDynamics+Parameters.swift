import QHostInterfaces

extension PacketDynamics {
  /// Reads a configuration.
  init(_ configuration: Configuration) {
    self.init(
      kind: Kind(rawValue: configuration.choice("dynamics")) ?? .groundState,
      time: configuration.real("time"), stepCount: configuration.integer("steps"),
      friction: configuration.real("friction"))
  }

  /// What users can set.
  static let parameters: [ParameterDescriptor] = [
    .choice(
      "dynamics", default: "ground-state",
      of: [
        .init("ground-state", "Imaginary time to its end."),
        .init("imaginary-time", "Imaginary time, a while from where the parameter is."),
        .init("real-time", "Real time with Kostin's friction, from where the parameter is."),
        .init("qhd", "Quantum Hamiltonian descent: the kinetic term falls, the potential rises."),
        .init("minimum", "No packet: the lowest point of the potential."),
        .init("smoothing", "No packet: the lowest point of the potential averaged over its width."),
      ], tunable: true, "How packets evolve before they are read out."),
    .positive(
      "time", default: 8,
      "How long packets evolve, where half the box, the loss's range and the mass are 1."),
    .integer("steps", default: 64, in: 1...100_000, "Steps of that time."),
    .real(
      "friction", default: 2, in: 0...1000, tunable: true,
      "The rate at which packets lose momentum in real time."),
    .choice(
      "read_out", default: "auto",
      of: [
        .init("auto", "The mean, or that about the highest peak of several."),
        .init("mean", "The mean, wherever it falls."),
        .init("peak", "The highest peak."),
      ], "Where a packet is taken to be."),
  ]
}
