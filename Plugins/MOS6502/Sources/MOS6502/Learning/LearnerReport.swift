internal import QHostGraphs
internal import QHostInterfaces

/// What a program that learns costs, measured on the calibration rows.
struct LearnerReport {
  let plan: LearnerPlan
  let program: NetworkProgram
  let machine: Machine
  /// Cycles of a prediction.
  let prediction: (mean: Double, most: UInt64)
  /// Cycles of keeping a row and learning once all rows are there.
  let learning: (mean: Double, most: UInt64)

  /// The most rows that are predicted.
  private static let predictedRows = 128
  /// The most rows that are learned, beside those that fill the memory.
  private static let learnedRows = 32
  /// Rows after which the machine is compared with the definition.
  private static let comparedRows = 12

  /// Runs a program on rows of levels and their classes.
  ///
  /// - Throws: when the code does not do what the network's definition says, which is a bug of ours.
  init(
    _ plan: LearnerPlan, _ program: NetworkProgram, rows: [[UInt8]], labels: [Int], machine: Machine
  ) throws(ComponentError) {
    (self.plan, self.program, self.machine) = (plan, program, machine)
    let runner = NetworkMachine(program)
    var (total, most) = (UInt64(0), UInt64(0))
    let predicted = rows.prefix(Self.predictedRows)
    for row in predicted {
      let cycles = try runner.run(row).cycles
      (total, most) = (total + cycles, max(most, cycles))
    }
    prediction = (Double(total) / Double(predicted.count), most)
    try Self.compare(plan, program, rows, labels)
    (total, most) = (0, 0)
    for row in 0..<plan.rowCount + Self.learnedRows {
      let (levels, label) = (rows[row % rows.count], UInt8(labels[row % rows.count]))
      if row < plan.rowCount {
        try runner.remember(levels, label: label)
      } else {
        let cycles = try runner.learn(levels, label: label)
        (total, most) = (total + cycles, max(most, cycles))
      }
    }
    learning = (Double(total) / Double(Self.learnedRows), most)
  }

  private static func compare(
    _ plan: LearnerPlan, _ program: NetworkProgram, _ rows: [[UInt8]], _ labels: [Int]
  ) throws(ComponentError) {
    let runner = NetworkMachine(program)
    var reference = LearnerReference(plan)
    for (row, label) in zip(rows, labels).prefix(comparedRows) {
      let said = try runner.run(row)
      let expected = reference.outputs(row.map(Int.init))
      guard said.outputs == expected, said.bestClass == IntegerNetwork.bestClass(expected) else {
        throw ComponentError(
          "the code for the 6502 gives \(said.outputs) while it learns, instead of \(expected); report it to its author"
        )
      }
      try runner.learn(row, label: UInt8(label))
      reference.learn(row.map(Int.init), label: label)
    }
  }

  /// The report for people.
  var lines: [String] {
    let rows = plan.rowCount * plan.bytesPerRow
    let times = Machine.all.map {
      "\($0.name) \(DeploymentReport.rounded($0.milliseconds(learning.mean))) ms"
    }
    return [
      "6502: \(program.code.bytes.count) bytes; a prediction \(DeploymentReport.rounded(prediction.mean)) cycles (at most "
        + "\(prediction.most)), learning from a row \(DeploymentReport.rounded(learning.mean)) (at most \(learning.most))",
      "  learns: \(plan.network.learnedCount) numbers, \(plan.rowCount) rows kept in \(rows) bytes, \(plan.visits) numbers "
        + "looked at for each row; class in A, levels at 'input', jsr learn",
      "  a row learned: \(times.joined(separator: ", "))",
    ]
  }

  /// The figures for the host.
  var figures: [CompiledModel.Figure] {
    [
      .init(name: "bytes", value: Double(program.code.bytes.count), unit: "B"),
      .init(name: "cycles.mean", value: prediction.mean, unit: "cycles"),
      .init(name: "cycles.max", value: Double(prediction.most), unit: "cycles"),
      .init(name: "cycles.learning", value: learning.mean, unit: "cycles"),
      .init(name: "cycles.learning.max", value: Double(learning.most), unit: "cycles"),
      .init(
        name: "milliseconds.\(machine.name)", value: machine.milliseconds(prediction.mean),
        unit: "ms"),
    ]
  }

  /// Its files and figures: there are none for machines, which run one row.
  func result(_ notes: InputNotes) -> CompiledModel {
    var result = CompiledModel()
    result.figures = figures
    let comments = notes.lines.map { "; \($0)\n" }.joined()
    let texts = [
      ("network.s", comments + program.source.listing),
      ("network.map", ArtifactMaker.map(program.code)),
      ("report.txt", (lines + notes.lines).joined(separator: "\n") + "\n"),
    ]
    result.artifacts = [.init(name: "network.bin", bytes: program.code.bytes)]
    result.artifacts += texts.map { .init(name: $0.0, bytes: Array($0.1.utf8)) }
    return result
  }
}
