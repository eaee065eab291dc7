internal import QHostDatasets
public import QHostInterfaces

/// A program of the user's own, as a scenario: outputs go to it as lines of numbers, scores come back.
///
/// The program reads one point a line from standard input, numbers and names of categories with a space between,
/// and writes for each, in order and at once, a line of scores: a loss, or one number for each objective, and after
/// them, where the file says so, how far from feasible the point is. It ends when its input does. What it writes to
/// standard error, the user sees.
public final class Command: DatasetComponent, ConstrainedScenario, MultiObjectiveScenario {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "command",
    summary: "Your own program: it reads parameters and writes scores, a line each.",
    parameters: [
      .path(
        "file", default: nil,
        "A YAML file that names the program, what it takes and what it gives.")
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let outputs: [SimulatorFile.Output]
  private let objectiveCount: Int
  private let pool: SimulatorPool

  /// Reads the file; the program is started when something is scored.
  public init(request: ComponentRequest) throws(ComponentError) {
    let path = request.configuration.text("file")
    guard !path.isEmpty else {
      throw .parameter("file is not set; give the YAML file that names your program")
    }
    let file = try SimulatorFile(
      try FileBytes.read(path, remedy: "give a readable file in file"), of: path)
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let place = folder.isEmpty ? "/" : folder
    guard SimulatorProcess.exists(file.command[0], in: place) else {
      throw .data(
        "'\(path)': there is no program '\(file.command[0])' that can be started; correct 'command', whose "
          + "paths are from the folder of the file")
    }
    outputs = file.outputs
    objectiveCount = file.objectives.count
    pool = SimulatorPool(file, path: path, folder: place, host: request.host)
    var description = DatasetDescription(
      task: .scenario, input: Shape([0]), output: Shape([outputs.count]), targetWidth: 0,
      rowCounts: [.train: 1])
    description.outputNames = outputs.map(\.name)
    description.outputLower = outputs.map(\.lower)
    description.outputUpper = outputs.map(\.upper)
    if outputs.contains(where: { $0.kind != .real }) {
      description.outputKinds = outputs.map(\.kind)
    }
    description.hasViolations = file.hasViolations
    description.objectives = file.objectives
    description.source = "the program '\(file.command.joined(separator: " "))'"
    datasetDescription = description
  }

  /// Writes nothing: the one row has no inputs and no targets.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {}

  /// Has the program score points [P × C × B].
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    var scoring = Scoring(split, rows: rows, outputs: outputs, pointCount: pointCount)
    scoring.losses = losses
    try score(scoring)
  }

  /// Has the program score points.
  public func score(_ scoring: Scoring) throws(ComponentError) {
    let (rowCount, count) = (scoring.rows.count, outputs.count)
    var lines: [String] = []
    for point in 0..<scoring.pointCount {
      for row in 0..<rowCount {
        lines.append(
          outputs.indices.map { index in
            text(scoring.outputs[(point * count + index) * rowCount + row], of: outputs[index])
          }.joined(separator: " "))
      }
    }
    let m = objectiveCount
    try pool.score(lines) { place, scores in
      let (point, row) = (place / rowCount, place % rowCount)
      if !scoring.losses.isEmpty { scoring.losses[place] = scores[0] }
      if !scoring.violations.isEmpty, let last = scores.last { scoring.violations[place] = last }
      if !scoring.objectives.isEmpty {
        for index in 0..<m {
          scoring.objectives[(point * m + index) * rowCount + row] = scores[index]
        }
      }
    }
  }

  private func text(_ value: Double, of output: SimulatorFile.Output) -> String {
    switch output.kind {
    case .real: "\(value)"
    case .integer: "\(Int(value))"
    case .categorical:
      output.values.isEmpty ? "\(Int(value))" : output.values[Int(value)]
    }
  }
}
