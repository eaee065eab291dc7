internal import QHostInterfaces

/// Writes a program's files: raw code, listing, names, report, drawing, and one for each machine.
struct ArtifactMaker {
  let report: DeploymentReport
  let notes: InputNotes
  /// [B][F], the calibration rows' levels.
  let levels: [[UInt8]]
  let lineWidth: Int
  let host: any HostServices

  /// Files and figures.
  func result() throws(ComponentError) -> CompiledModel {
    var result = CompiledModel()
    result.figures = report.figures
    let program = report.chosen.program
    func add(_ name: String, _ bytes: [UInt8]) {
      result.artifacts.append(CompiledModel.Artifact(name: name, bytes: bytes))
    }
    add("network.bin", program.code.bytes)
    let comments = notes.lines.map { "; \($0)\n" }.joined()
    add("network.s", Array((comments + program.source.listing).utf8))
    add("network.map", Array(Self.map(program.code).utf8))
    let lines = report.lines + notes.lines
    add("report.txt", Array((lines.joined(separator: "\n") + "\n").utf8))
    add("pareto.svg", Array(ParetoChart(front: report.front, chosen: report.chosen).svg.utf8))
    for machine in Machine.all {
      guard let demonstration = try demonstration(machine) else { continue }
      for (name, bytes) in demonstration.files("network") { add(name, bytes) }
    }
    return result
  }

  /// Addresses and names, in the order of addresses.
  static func map(_ code: AssembledProgram) -> String {
    let names = code.symbols.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    let lines = names.map { "\(Expression.hexadecimal($0.value)) \($0.key)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The program with the first calibration row on a machine; `nil`, and a note, without room.
  private func demonstration(_ machine: Machine) throws(ComponentError) -> Demonstration? {
    let network = report.model.network
    let compiler = NetworkCompiler(network, calibration: levels, origin: machine.startAddress)
    let sample = levels.first ?? Array(repeating: 0, count: network.inputCount)
    let program = try? compiler.program(report.chosen.program.kernels)
    let made = program.flatMap {
      try? Demonstration(
        $0, sample: sample, width: lineWidth, maximum: network.inputMaximum, machine: machine)
    }
    guard let made, made.fits else {
      host.log(
        .info,
        "6502: no file for \(machine.name), whose memory ends at "
          + "\(Expression.hexadecimal(machine.end)); a smaller target.max_bytes gives one")
      return nil
    }
    return made
  }
}
