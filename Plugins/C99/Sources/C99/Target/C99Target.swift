internal import QHostGraphs
public import QHostInterfaces

/// Writes networks as one C source and header, and runs them with the machine's own compiler.
///
/// Operators of ONNX set 17 become loops over static arrays; see the plugin's README. A network in whole
/// numbers (`integer-mlp`) computes the same bits as in the host.
///
/// *Deviations*: NaN becomes the bound in Clip, Min and Max, so that no index leaves its table.
public final class C99Target: TargetComponent {
  private let configuration: Configuration
  private let host: any HostServices
  private var library: CompiledLibrary?
  private var counts: (inputs: Int, outputs: Int)?

  /// Makes the target.
  public init(request: ComponentRequest) throws(ComponentError) {
    configuration = request.configuration
    host = request.host
  }

  private var compiler: CCompiler {
    CCompiler(
      program: configuration.text("compiler"),
      flags: configuration.text("flags").split(separator: " ").map(String.init))
  }

  /// Writes a network as C, and compiles it where there is a compiler.
  ///
  /// - Throws: severity `unsupported` for what c99 does not support, `data` for graphs that cannot be, `parameter`
  ///   for a name that is none.
  public func compile(
    _ graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> CompiledModel {
    try Self.check(calibration, graph.inputShape.count)
    let name = try Self.checked(configuration.text("name"))
    let program = try Program(graph)
    let writer = ProgramWriter(program, name: name, learner: try learner(graph, program))
    let notes = InterfaceNotes(configuration, calibration, width: graph.inputShape.count)
    let report = CodeReport(
      program: program, constantByteCount: writer.constantByteCount,
      constantBytes: writer.constantBytes, learner: writer.learner)
    var files = [
      (name: "\(name).c", text: writer.source),
      (
        name: "\(name).h",
        text: HeaderWriter(
          program: program, name: name, constantByteCount: writer.constantByteCount, notes: notes,
          learner: writer.learnerWriter
        ).header
      ),
    ]
    for line in report.lines { host.log(.info, line) }
    let built = try build(files, name: name, program)
    files.append(
      (name: "report.txt", text: (report.lines + notes.lines).joined(separator: "\n") + "\n"))
    if configuration.boolean("main") {
      files.append((name: "main.c", text: MainWriter(name: name).source))
    }
    var result = CompiledModel()
    result.artifacts = files.map { .init(name: $0.name, bytes: Array($0.text.utf8)) }
    result.figures = figures(writer, built?.byteCount)
    if let milliseconds = built.flatMap({ milliseconds($0.library, calibration) }) {
      result.figures.append(.init(name: "milliseconds.here", value: milliseconds, unit: "ms"))
    }
    return result
  }

  private func learner(
    _ graph: Graph, _ program: Program
  ) throws(ComponentError) -> LearnerPlan? {
    guard configuration.boolean("learn") else { return nil }
    let network = try LearningNetwork(graph)
    guard program.core != nil else { throw LearningNetwork.refusal }
    return LearnerPlan(
      network: network, rowCount: configuration.integer("memory_rows"),
      visits: configuration.integer("visits"))
  }

  /// Runs what the last compile made on inputs [B × F].
  ///
  /// - Throws: `unsupported` without a compiler, kind `data` for inputs that are not finite.
  public func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution {
    guard let counts else {
      throw ComponentError("there is nothing to run; compile a model first")
    }
    guard let library else {
      throw .unsupported(
        "there is no C compiler '\(configuration.text("compiler"))' here to run the code with; install one "
          + "or set target.compiler")
    }
    try Self.checkNumbers(inputs, counts.inputs)
    guard inputs.count == rowCount * counts.inputs else {
      throw .data(
        "\(rowCount) rows of \(counts.inputs) numbers are not \(inputs.count) numbers; give whole rows"
      )
    }
    var execution = Execution(
      outputs: [Float](repeating: 0, count: rowCount * counts.outputs))
    let start = host.nanoseconds
    library.run(
      inputs, rowCount: rowCount, inputCount: counts.inputs, outputCount: counts.outputs,
      into: &execution.outputs)
    execution.millisecondsMean = Double(host.nanoseconds - start) / 1e6 / Double(max(rowCount, 1))
    return execution
  }

  private func build(
    _ files: [(name: String, text: String)], name: String, _ program: Program
  ) throws(ComponentError) -> CCompiler.Result? {
    (library, counts) = (nil, (program.inputCount, program.outputCount))
    guard let built = try compiler.library(files, name: name) else {
      host.log(
        .info,
        "c99: there is no compiler '\(compiler.program)' here; the code is neither measured nor run"
      )
      return nil
    }
    library = built.library
    if built.byteCount == nil {
      host.log(.info, "c99: there is no program 'size' here; bytes are those of constants alone")
    }
    return built
  }

  private func figures(
    _ writer: ProgramWriter, _ bytes: Int?
  ) -> [CompiledModel.Figure] {
    let (program, constants) = (writer.program, writer.constantByteCount)
    let kept = writer.learner.map { $0.learnedByteCount + $0.memoryByteCount }
    return [
      .init(name: "bytes", value: Double(bytes ?? constants), unit: "B"),
      .init(name: "constants", value: Double(constants), unit: "B"),
      .init(
        name: "ram", value: Double((kept ?? program.bufferByteCount) + program.edgeByteCount),
        unit: "B"),
      .init(name: "multiply_adds", value: Double(program.multiplyAdds), unit: ""),
    ]
  }

  /// The most rows that are timed: the host hands over all training rows, of which there may be millions.
  private static let timedRows = 1000

  /// Milliseconds of one of the first calibration rows, the best of five times some hundredths of a second; `nil` without rows.
  private func milliseconds(_ library: CompiledLibrary, _ calibration: Calibration) -> Double? {
    guard let counts, calibration.rowCount > 0 else { return nil }
    let rowCount = min(calibration.rowCount, Self.timedRows)
    var outputs = [Float](repeating: 0, count: rowCount * counts.outputs)
    var best = Double.infinity
    for _ in 0..<5 {
      var (passes, elapsed) = (0, UInt64(0))
      let start = host.nanoseconds
      repeat {
        library.run(
          calibration.inputs, rowCount: rowCount, inputCount: counts.inputs,
          outputCount: counts.outputs, into: &outputs)
        passes += 1
        elapsed = host.nanoseconds - start
      } while elapsed < 10_000_000
      best = min(best, Double(elapsed) / 1e6 / Double(passes * rowCount))
    }
    return best
  }
}
