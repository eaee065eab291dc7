internal import QHostInterfaces

/// What users set of a `qnn`.
struct QNNSettings {
  let ansatz: Ansatz
  let mapping: String
  let gamma: Double
  let order: WeightOrder
  let isDouble: Bool
  let measurement: Measurement
  let angleRange: Double

  /// - Parameters:
  ///   - configuration: checked values.
  ///   - weightCount: M.
  ///   - threadCount: of the host.
  /// - Throws: kind `parameter` for what does not go together.
  init(
    _ configuration: Configuration, weightCount: Int, threadCount: Int
  ) throws(ComponentError) {
    let kind = Ansatz.Kind(rawValue: configuration.choice("ansatz")) ?? .efficientSU2
    let repetitions = configuration.integer("reps")
    let extra = configuration.integer("extra_rotations")
    let entangler = Entangler(rawValue: configuration.choice("entangler")) ?? .linear
    if kind == .u3cu3 {
      guard repetitions > 0 else {
        throw .parameter("reps=0 leaves no gates in ansatz=u3-cu3; give at least 1")
      }
      guard extra == 0 else {
        throw .parameter(
          "extra_rotations=\(extra) is for ansatz=efficient-su2; ansatz=u3-cu3 has none, set it to 0"
        )
      }
      guard entangler == .linear else {
        throw .parameter(
          "entangler=\(entangler.rawValue) is for ansatz=efficient-su2; leave it out with "
            + "ansatz=u3-cu3, whose CU3 gates form a circle")
      }
    }
    let qubits = try Self.qubitCount(configuration.integer("qubits"), weightCount: weightCount)
    ansatz = Ansatz(
      kind, qubitCount: qubits, repetitions: repetitions, extraRotationLayers: extra,
      entangler: entangler)
    mapping = configuration.choice("mapping")
    gamma = configuration.real("gamma")
    order = WeightOrder(rawValue: configuration.choice("order")) ?? .unitsFirst
    isDouble = configuration.choice("precision") == "f64"
    measurement = try Measurement(configuration)
    angleRange = configuration.real("angle_range")
    try CircuitMemory.check(
      ansatz, bytesPerNumber: isDouble ? 8 : 4, threadCount: max(1, threadCount))
  }

  /// N: as few as M weights need, or as many as the user wants.
  private static func qubitCount(
    _ asked: Int, weightCount: Int
  ) throws(ComponentError) -> Int {
    var least = 1
    while 1 << least < weightCount { least += 1 }
    guard asked == 0 || asked >= least else {
      throw .parameter(
        "qubits=\(asked) gives \(1 << asked) weights and the inner model has \(weightCount); "
          + "use qubits=\(least), or 0 for as few as it needs")
    }
    return asked == 0 ? least : asked
  }

  /// How the parameters are declared.
  static let parameters: [ParameterDescriptor] =
    [
      .choice(
        "ansatz", default: "efficient-su2",
        of: [
          .init("efficient-su2", "Hadamards, then layers of RY and RZ with CX gates between them."),
          .init("u3-cu3", "Layers of U3 on all qubits and of CU3 in a circle."),
        ], "The gates of the circuit."),
      .integer(
        "reps", default: 1, in: 0...10_000, tunable: true,
        "How often the entangler is there: 2 qubits (reps + 1) angles."),
      .integer(
        "extra_rotations", default: 0, in: 0...10_000,
        "More layers of RY and RZ after the last one; efficient-su2 alone."),
      .choice(
        "entangler", default: "linear",
        of: [
          .init("linear", "CX from each qubit to the next."),
          .init("reverse-linear", "The same gates, the last one first."),
          .init("circular", "CX from the last qubit to the first, then linear."),
          .init("full", "CX from each qubit to each later one."),
          .init("none", "No CX gates: qubits stay apart."),
        ], tunable: true, "The gates between layers of rotations; efficient-su2 alone."),
      .integer(
        "qubits", default: 0, in: 0...CircuitMemory.mostQubits,
        "Qubits; 0: as few as give a probability for each inner weight."),
      .choice(
        "mapping", default: "centred",
        of: [
          .init("paper", "gamma tanh(+-gamma 2^(N-1) p), of one outcome or of two."),
          .init("centred", "g (2^N p - 1) with a gain g for each tensor."),
          .init("network", "A small network of an outcome's bits and its probability."),
        ], tunable: true, "How probabilities become weights."),
      .positive("gamma", default: 0.3, tunable: true, "Where the gain of mapping=paper starts."),
      .choice(
        "order", default: "units-first",
        of: [
          .init("units-first", "As the inner model has them: [units, inputs]."),
          .init("units-last", "Units vary fastest: [inputs, units]."),
        ], "In which order the weights of a tensor are generated."),
      .positive(
        "angle_range", default: .pi, upTo: 1e3, unit: "rad", logarithmic: false,
        "Angles start uniform between minus and plus this."),
      .choice(
        "precision", default: "f32",
        of: [.init("f32", "Single precision."), .init("f64", "Double precision.")],
        "Of amplitudes."),
    ] + Measurement.parameters
}
