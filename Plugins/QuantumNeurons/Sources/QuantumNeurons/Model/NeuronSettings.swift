internal import Foundation
internal import QHostInterfaces

/// What users set of `quantum-neurons`.
struct NeuronSettings: Sendable {
  static let parameters: [ParameterDescriptor] = [
    .choice(
      "circuit", default: "single",
      of: Circuit.all.map { .init($0.name, $0.documentation) }
        + [.init("file", "That of the file that 'graph' names.")], "The circuit."),
    .path("graph", default: "", "The file of a circuit; for circuit=file."),
    .real(
      "k", default: 1, in: 0...1e9, "What the circuit's modulated couplings are multiplied by."),
    .choice(
      "activity", default: "subtracted",
      of: [
        .init(
          "subtracted", "The potential energy above that of the vacuum, over an active input's."),
        .init("raw", "The potential energy over an active input's, as the paper has it."),
      ], "What is read out."),
    .choice(
      "action", default: "joint",
      of: [
        .init("joint", "One action for all: neurons act back on those that excite them."),
        .init("feed-forward", "Neurons do not act back; then the paths are of no one action."),
      ], "What neurons that excite others feel of them."),
    .choice(
      "readout", default: "quantum",
      of: [
        .init("quantum", "Activities, by Monte Carlo."),
        .init("classical", "The sums of inputs times couplings, with gradients."),
      ], "Whether paths are sampled; classical is for training couplings to be transferred."),
    .choice(
      "start", default: "circuit",
      of: [
        .init("circuit", "The circuit's own."),
        .init("random", "Anywhere within the bounds, by the run's seed."),
      ], "The couplings to start from."),
    .integer("chains", default: 4, in: 1...1024, tunable: true, "Chains of each row."),
    .integer(
      "thermalisation", default: 200, in: 0...100_000_000, unit: "sweeps",
      "Sweeps that are not looked at."),
    .integer(
      "sweeps", default: 800, in: 4...100_000_000, unit: "sweeps", "Sweeps that are averaged."),
    .real(
      "tolerance", default: 0.1, in: 0...1e9,
      "How much chains that began in the vacuum and on an input's path may differ in activity, beyond 4 standard errors."
    ),
    .choice(
      "moves", default: "staging",
      of: [
        .init("staging", "Segments from the free bridge."),
        .init("multilevel", "Segments by bisection, accepted level by level."),
        .init("local", "Single slices."),
      ], "How slices move."),
    .integer(
      "segment", default: 16, in: 1...63, unit: "slices", tunable: true,
      "Slices of a segment; bisection takes the next lower power of 2, less 1."),
    .positive(
      "step", default: 0.1, upTo: 10, tunable: true, "The farthest that a single slice moves."),
    .real(
      "dips", default: 0.2, in: 0...10, tunable: true,
      "The farthest that coupled neurons move together about a pulse; 0: they do not."),
    .boolean(
      "signs", default: true,
      "Whether clusters of slices change their signs, so that strongly driven paths cross or turn back as they should."
    ),
    .real("lambda", default: 0, in: 0...1e9, "The wells' Λ; 0: the circuit's."),
    .integer(
      "kinks", default: 0, in: 0...1000, "Kinks of an active input, even; 0: the circuit's."),
    .integer("slices", default: 0, in: 0...65_536, "Slices of a path; 0: the circuit's."),
  ]

  let circuitName: String
  let graph: NeuronGraph
  let schedule: Schedule
  let k: Double
  let isRaw: Bool
  let isFeedForward: Bool
  let isClassical: Bool
  let startsAtRandom: Bool
  let tolerance: Double

  init(_ configuration: Configuration) throws(ComponentError) {
    circuitName = configuration.choice("circuit")
    graph = try Self.graph(configuration)
    k = configuration.real("k")
    isRaw = configuration.choice("activity") == "raw"
    isFeedForward = configuration.choice("action") == "feed-forward"
    isClassical = configuration.choice("readout") == "classical"
    startsAtRandom = configuration.choice("start") == "random"
    tolerance = configuration.real("tolerance")
    var schedule = Schedule()
    schedule.chainCount = configuration.integer("chains")
    schedule.thermalisation = configuration.integer("thermalisation")
    schedule.sweepCount = configuration.integer("sweeps")
    schedule.dipWidth = Float(configuration.real("dips"))
    schedule.turnsSigns = configuration.boolean("signs")
    let segment = configuration.integer("segment")
    switch configuration.choice("moves") {
    case "multilevel":
      guard segment > 1 else {
        throw .parameter("segment=1 leaves nothing to bisect; give at least 2 for moves=multilevel")
      }
      schedule.move = .multilevel(Int.bitWidth - 1 - segment.leadingZeroBitCount)
    case "local": schedule.move = .local(Float(configuration.real("step")))
    default: schedule.move = .staging(segment)
    }
    self.schedule = schedule
    if isClassical { try checkClassical() }
  }

  private static func graph(_ configuration: Configuration) throws(ComponentError) -> NeuronGraph {
    let (name, path) = (configuration.choice("circuit"), configuration.text("graph"))
    // What a user sets of the wells is read behind the circuit's own statements.
    var changes = ""
    if configuration.real("lambda") > 0 { changes += "\nlambda \(configuration.real("lambda"))" }
    for key in ["kinks", "slices"] where configuration.integer(key) > 0 {
      changes += "\n\(key) \(configuration.integer(key))"
    }
    if let circuit = Circuit.named(name) {
      guard path.isEmpty else {
        throw .parameter(
          "graph=\(path) is for circuit=file, and circuit is \(name); set circuit=file")
      }
      return try GraphReader.graph(circuit.text + changes, source: "circuit \(name)")
    }
    guard !path.isEmpty else {
      throw .parameter("circuit=file needs a file; set graph to the path of a circuit")
    }
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .data(
        "the circuit '\(path)' cannot be read as text; set graph to the path of a circuit")
    }
    return try GraphReader.graph(text + changes, source: path)
  }

  private func checkClassical() throws(ComponentError) {
    let isDirect = graph.couplings.allSatisfy { coupling in
      if case .input = coupling.source { return !coupling.isInhibition }
      return false
    }
    guard isDirect else {
      throw .parameter(
        "readout=classical is for circuits whose inputs excite their outputs directly, and \(circuitName) has "
          + "other couplings; use readout=quantum")
    }
  }
}
