public import QHostInterfaces

/// Compiles networks to machine code of the MOS 6502 and runs it in an emulator.
///
/// A network that is in integers already (`integer-mlp`) is compiled as it is, and computes the same
/// bits. One of real numbers (`mlp`, `logistic`) is first brought to integers with the calibration
/// rows. Of the programs that no other one beats in bytes and cycles, the one with the fewest cycles
/// within the budgets is taken; see the plugin's README for the kernels.
///
/// *Deviations*: outputs are those of the integers, scaled back; a class is the largest output, the
/// lowest index among equals.
public final class MOS6502Target: TargetComponent {
  let configuration: Configuration
  let host: any HostServices
  private var compiled: (model: DeployedModel, machine: NetworkMachine, ends: NetworkEnds)?

  /// Makes the target.
  public init(request: ComponentRequest) throws(ComponentError) {
    configuration = request.configuration
    host = request.host
  }

  /// The most calibration rows that programs are made for and measured with.
  static let measuredRows = 1000

  var machine: Machine { Machine.named(configuration.choice("machine")) }

  /// Compiles a network.
  ///
  /// - Throws: severity `unsupported` for operators that the 6502 target does not support, `data` for numbers that cannot
  ///   be used, `parameter` when no program is within the budgets.
  public func compile(
    _ graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> CompiledModel {
    let width = graph.inputShape.count
    try Self.check(calibration, width)
    let ends = NetworkEnds(
      graph, isClassifier: calibration.targetWidth != graph.outputShape.count)
    let measurements = calibration.spread(over: Self.measuredRows)
    var calibration = calibration
    calibration.inputs = ends.inputs(calibration.inputs)
    let model = try model(ends.graph, calibration)
    calibration = calibration.spread(over: Self.measuredRows)
    var levels = model.levels(calibration.inputs)
    if levels.isEmpty {
      // The most expensive row stands for all.
      levels = [
        Array(repeating: UInt8(model.network.inputMaximum), count: model.network.inputCount)
      ]
    }
    let notes = InputNotes(configuration, measurements, ends, model)
    if configuration.boolean("learn") {
      let (program, report) = try learner(ends, model, levels: levels, calibration)
      compiled = (model, NetworkMachine(program), ends)
      var result = report.result(notes)
      try addConverter(to: &result, program, model, ends, notes, measurements)
      return result
    }
    let front = try CandidateSearch(NetworkCompiler(model.network, calibration: levels)).front()
    let chosen = try choose(front)
    compiled = (model, NetworkMachine(chosen.program), ends)
    let report = try DeploymentReport(
      model: model, front: front, chosen: chosen, rows: levels, calibration: calibration,
      machine: machine)
    for line in report.lines { host.log(.info, line) }
    var result = try ArtifactMaker(
      report: report, notes: notes, levels: levels, lineWidth: Self.lineWidth(graph.inputShape),
      host: host
    ).result()
    try addConverter(to: &result, chosen.program, model, ends, notes, measurements)
    return result
  }

  /// Adds the routine that makes levels of measurements, checked on the calibration rows; says why there is none.
  private func addConverter(
    to result: inout CompiledModel, _ program: NetworkProgram, _ model: DeployedModel,
    _ ends: NetworkEnds, _ notes: InputNotes, _ measurements: Calibration
  ) throws(ComponentError) {
    guard configuration.choice("inputs") == "raw", measurements.rowCount > 0 else { return }
    let (step, zero) = (configuration.real("byte_step"), configuration.real("byte_zero"))
    let converter: Converter
    do throws(Converter.Obstacle) {
      converter = try Converter(
        program, model, ends, notes, for: measurements.inputs, step: step, zero: zero)
    } catch {
      host.log(.info, "6502: no convert.bin, which makes levels of bytes: \(error.reason)")
      return
    }
    let machine = NetworkMachine(program)
    var cycles: UInt64 = 0
    for row in converter.bytes(measurements.inputs, width: model.network.inputCount) {
      let made = try machine.convert(row, by: converter)
      let values = row.map { Float(zero + step * Double($0)) }
      guard made.levels == model.levels(ends.inputs(values))[0] else {
        throw ComponentError(
          "the routine for measurements gives the levels \(made.levels) of \(values); report it to its author"
        )
      }
      cycles = made.cycles
    }
    result.artifacts.append(.init(name: "convert.bin", bytes: converter.code.bytes))
    result.artifacts.append(
      .init(name: "convert.s", bytes: Array(converter.source.listing.utf8)))
    result.artifacts.append(
      .init(name: "convert.map", bytes: Array(ArtifactMaker.map(converter.code).utf8)))
    result.figures.append(
      .init(name: "convert.bytes", value: Double(converter.code.bytes.count), unit: "B"))
    result.figures.append(.init(name: "convert.cycles", value: Double(cycles), unit: "cycles"))
  }

  /// Runs what the last compile made on inputs [B × F].
  ///
  /// - Throws: kind `data` for inputs that are not finite.
  public func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution {
    guard let (model, machine, ends) = compiled else {
      throw ComponentError("there is nothing to run; compile a model first")
    }
    try Self.checkNumbers(inputs, model.network.inputCount, "input")
    var execution = Execution(outputs: [])
    var (least, most, total) = (UInt64.max, UInt64(0), UInt64(0))
    for row in model.levels(ends.inputs(inputs)) {
      let result = try machine.run(row)
      execution.outputs += result.outputs.enumerated().map {
        ends.output(Float($0.element) * model.outputScale, $0.offset)
      }
      (least, most) = (min(least, result.cycles), max(most, result.cycles))
      total += result.cycles
    }
    guard rowCount > 0 else { return execution }
    execution.cyclesMinimum = Double(least)
    execution.cyclesMean = Double(total) / Double(rowCount)
    execution.cyclesMaximum = Double(most)
    execution.millisecondsMean = self.machine.milliseconds(execution.cyclesMean)
    return execution
  }

  /// The fastest program within the budgets.
  private func choose(_ front: [Candidate]) throws(ComponentError) -> Candidate {
    let (bytes, cycles) = (configuration.integer("max_bytes"), configuration.integer("max_cycles"))
    let small = front.filter { $0.byteCount <= bytes }
    guard let fastest = small.min(by: { $0.meanCycles < $1.meanCycles }) else {
      let least = front.first?.byteCount ?? 0
      throw .parameter(
        "the smallest program for this network has \(least) bytes, \(least - bytes) more than "
          + "target.max_bytes = \(bytes); set it to \(least) or more, or use fewer units or inputs")
    }
    let quick = small.filter { cycles == 0 || $0.maximumCycles <= cycles }
    guard let chosen = quick.min(by: { $0.meanCycles < $1.meanCycles }) else {
      let least = small.map(\.maximumCycles).min() ?? fastest.maximumCycles
      throw .parameter(
        "the quickest program in \(bytes) bytes takes up to \(least) cycles, \(Int(least) - cycles) more than "
          + "target.max_cycles = \(cycles); \(Self.offer(front, beyond: least))")
    }
    return chosen
  }

  /// What would help where the quickest program within the bytes is too slow.
  private static func offer(_ front: [Candidate], beyond least: UInt64) -> String {
    guard let fastest = front.min(by: { $0.maximumCycles < $1.maximumCycles }),
      fastest.maximumCycles < least
    else { return "raise it, or use fewer units, inputs or bits" }
    return
      "raise it, or set target.max_bytes to \(fastest.byteCount), where \(fastest.maximumCycles) cycles "
      + "are reached"
  }
}
