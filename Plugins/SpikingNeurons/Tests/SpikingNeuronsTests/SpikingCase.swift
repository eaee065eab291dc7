import Testing
import QHostInterfaces
import QHostTesting
import SpikingNeurons

/// A network of spiking neurons with rows, driven with arrays.
final class SpikingCase {
  static let rowCount = 5
  static let steps = 20
  static let channels = 5
  static let outputCount = 3

  let model: Spiking
  let session: any ModelSession
  let outputCount: Int
  private(set) var rowCount = 0
  private var inputs: UnsafeMutableBufferPointer<Float> = .allocate(capacity: 0)

  /// The inputs that are bound.
  var values: [Float] { Array(inputs) }
  var parameterCount: Int { model.modelDescription.parameterCount }

  init(_ model: Spiking, outputCount: Int = SpikingCase.outputCount) throws {
    self.model = model
    self.outputCount = outputCount
    session = try model.makeSession()
  }

  deinit { inputs.deallocate() }

  /// A choice, as a user would set it.
  static func choice(_ name: String) -> ParameterValue { .choice(name, index: 0) }

  static func model(
    _ settings: [String: ParameterValue], input: [Int] = [steps, channels],
    outputCount: Int = outputCount
  ) throws -> Spiking {
    try Spiking(
      request: request(for: Spiking.descriptor, settings),
      mapping: Mapping(task: .regression, input: Shape(input), output: Shape([outputCount])))
  }

  /// A network whose parameters are all trained, with rows of spikes (or of numbers) bound.
  static func bound(
    _ settings: [String: ParameterValue], seed: UInt64 = 1, isGraded: Bool = false
  ) throws -> SpikingCase {
    var settings = settings
    settings["train_time_constants"] = .boolean(true)
    settings["train_thresholds"] = .boolean(true)
    settings["time_spread"] = .real(0.3)
    if settings["scale"] == nil { settings["scale"] = .real(2) }
    if settings["hidden"] == nil { settings["hidden"] = .integers([17]) }
    let driven = try SpikingCase(model(settings))
    try driven.bind(rows(seed: seed, isGraded: isGraded), rowCount: rowCount)
    return driven
  }

  /// Inputs [F × B] of spikes, or of numbers.
  static func rows(seed: UInt64, isGraded: Bool) -> [Float] {
    TestHost(seed: seed).uniforms(step: 0, index: 0, count: steps * channels * rowCount)
      .map { isGraded ? Float($0 < 0.5 ? 2 * $0 : 0) : $0 < 0.3 ? 1 : 0 }
  }

  func bind(_ values: [Float], rowCount: Int) throws {
    let new = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    _ = new.initialize(from: values)
    try session.bind(inputs: UnsafeBufferPointer(new), rowCount: rowCount)
    inputs.deallocate()
    inputs = new
    self.rowCount = rowCount
  }

  func bindSeries(_ lengths: [Int], _ start: SeriesStart) throws {
    try lengths.map { UInt64($0) }.withUnsafeBufferPointer {
      try session.bindSeries(lengths: $0, start: start)
    }
  }

  /// The initial parameters with weights as multiples of 2⁻¹⁴, as networks have them, and some bias.
  func start(_ start: UInt64 = 1) throws -> [Double] {
    var point = try model.initialParameters(start: start).map {
      ($0 * 0x1p14).rounded() * 0x1p-14
    }
    for piece in model.network.pieces where piece.part == .bias {
      guard let offset = piece.offset else { continue }
      for place in 0..<piece.count { point[offset + place] = 0x1p-4 }
    }
    return point
  }

  func forward(_ parameters: [Double], pointCount: Int = 1) throws -> [Float] {
    try filled(pointCount) { outputs in
      try parameters.withUnsafeBufferPointer {
        try session.forward(parameters: $0, pointCount: pointCount, outputs: outputs)
      }
    }
  }

  func backward(_ slopes: [Float]) throws -> [Double] {
    var gradient = [Double](repeating: .nan, count: parameterCount)
    try slopes.withUnsafeBufferPointer { slopes in
      try gradient.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: slopes, gradient: $0)
      }
    }
    return gradient
  }

  func openCuts(_ parameters: [Double]) throws {
    try parameters.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
  }

  func cut(_ index: Int, _ offsets: [Double]) throws -> [Float] {
    try filled(offsets.count) { outputs in
      try offsets.withUnsafeBufferPointer {
        try session.cut(index: index, offsets: $0, outputs: outputs)
      }
    }
  }

  private func filled(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws -> [Float] {
    var outputs = [Float](repeating: .nan, count: count * outputCount * rowCount)
    try outputs.withUnsafeMutableBufferPointer { try body($0) }
    return outputs
  }
}

/// A kind of network, for tests over all of them.
struct SpikingVariant: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let settings: [String: ParameterValue]

  init(_ name: String, _ settings: [String: ParameterValue]) {
    (testDescription, self.settings) = (name, settings)
  }

  private static func choice(_ name: String) -> ParameterValue { .choice(name, index: 0) }

  /// Neurons, synapses, resets, connections and read-outs.
  static let all: [SpikingVariant] = [
    SpikingVariant("one layer and traces", [:]),
    SpikingVariant("two layers", ["hidden": .integers([20, 7])]),
    SpikingVariant("no layer", ["hidden": .integers([])]),
    SpikingVariant("recurrent", ["recurrent": .boolean(true)]),
    SpikingVariant("counts", ["readout": choice("count")]),
    SpikingVariant("membranes", ["readout": choice("membrane"), "hidden": .integers([5])]),
    SpikingVariant(
      "currents, reset next", ["synapse": choice("current"), "reset_step": choice("next")]),
    SpikingVariant(
      "conductances",
      ["synapse": choice("conductance"), "hidden": .integers([9, 6]), "scale": .real(1.5)]),
    SpikingVariant("delays", ["max_delay": .integer(4), "hidden": .integers([9, 6])]),
    SpikingVariant("adaptation", ["adaptation": .real(0.5), "adaptation_time": .real(10)]),
    SpikingVariant(
      "rest, zero next",
      [
        "refractory": .integer(2), "reset": choice("zero"), "reset_step": choice("next"),
        "readout": choice("count"),
      ]),
    SpikingVariant(
      "euler, recurrent, reached",
      [
        "integration": choice("euler"), "fires": choice("reached"), "readout": choice("count"),
        "recurrent": .boolean(true), "hidden": .integers([8]),
      ]),
    SpikingVariant(
      "exponential, currents, recurrent",
      [
        "integration": choice("exponential"), "synapse": choice("current"),
        "recurrent": .boolean(true),
      ]),
    SpikingVariant(
      "delays, recurrent, conductances",
      [
        "max_delay": .integer(5), "recurrent": .boolean(true), "synapse": choice("conductance"),
      ]),
    SpikingVariant("a row", ["input": choice("row")]),
    SpikingVariant("a row, recurrent", ["input": choice("row"), "recurrent": .boolean(true)]),
    SpikingVariant("a row, delays", ["input": choice("row"), "max_delay": .integer(3)]),
  ]

  /// Those without a gradient.
  static let withoutGradient: [SpikingVariant] = [
    SpikingVariant("first spikes", ["readout": choice("first-spike"), "reset": choice("zero")]),
    SpikingVariant("izhikevich", ["neuron": choice("izhikevich"), "readout": choice("count")]),
    SpikingVariant(
      "izhikevich, currents", ["neuron": choice("izhikevich"), "synapse": choice("current")]),
  ]

  /// Codes of inputs.
  static let encoders: [SpikingVariant] = [
    SpikingVariant(
      "delta", ["encoder": choice("delta"), "range": .reals([0, 1]), "steps": .integer(3)]),
    SpikingVariant("population", ["encoder": choice("population"), "range": .reals([0, 1])]),
    SpikingVariant(
      "rate", ["encoder": choice("rate"), "range": .reals([0, 1]), "steps": .integer(2)]),
    SpikingVariant(
      "poisson", ["encoder": choice("poisson"), "range": .reals([0, 1])]),
    SpikingVariant(
      "latency", ["encoder": choice("latency"), "range": .reals([0, 1]), "steps": .integer(4)]),
  ]
}
