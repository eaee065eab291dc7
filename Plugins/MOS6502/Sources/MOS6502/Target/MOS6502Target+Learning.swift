internal import QHostGraphs
internal import QHostInterfaces

extension MOS6502Target {
  /// The program of a network that learns, measured on the calibration rows, and its files.
  ///
  /// - Throws: kind `unsupported` for models that do not learn in integers, `parameter` where the rows do not fit.
  func learner(
    _ ends: NetworkEnds, _ model: DeployedModel, levels: [[UInt8]], _ calibration: Calibration
  ) throws(ComponentError) -> (program: NetworkProgram, report: LearnerReport) {
    let plan = try LearnerPlan(
      LearningNetwork(ends.graph), inputMaximum: model.network.inputMaximum,
      rowCount: configuration.integer("memory_rows"), visits: configuration.integer("visits"))
    let program = try plan.program(within: configuration.integer("max_bytes"))
    let hasClasses = calibration.targetWidth == 1 && calibration.targets.count == levels.count
    let labels = levels.indices.map { row in
      hasClasses ? min(max(Int(calibration.targets[row]), 0), plan.network.outputCount - 1) : 0
    }
    let report = try LearnerReport(plan, program, rows: levels, labels: labels, machine: machine)
    for line in report.lines { host.log(.info, line) }
    return (program, report)
  }
}
