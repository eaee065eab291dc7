internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A dataset in its own process.
final class ServedDataset: ServedInstance {
  private let dataset: ForeignDataset
  private let services: ServicesApart
  private var cuts: [Int: any ScenarioCuts] = [:]
  private var cutCount = 0

  /// Makes what a request asks for.
  init(_ request: inout MessageReader, _ server: IsolatedServer) throws(ComponentError) {
    let making = try server.making(&request)
    dataset = try ForeignDataset(making.component, request: making.request)
    services = making.services
  }

  func perform(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    switch function {
    case .describe:
      dataset.datasetDescription.write(to: &reply)
      reply.write(dataset.cutCost)
      reply.write(services.hasDrawn)
      reply.write(each: dataset.metricDescriptions) { $1.write(to: &$0) }
    case .measure:
      let sample = try MetricSample(from: &request)
      reply.write(each: try dataset.measure(sample)) { $1.write(to: &$0) }
    case .read: try read(&request, &reply)
    case .lengths:
      let split = try split(&request)
      reply.write(try dataset.lengths(split, rows: try request.array(of: Int.self)))
    case .variants:
      let (variants, rows) = (try request.array(of: Int.self), try request.array(of: Int.self))
      let inputs = Room<Float>(rows.count * dataset.datasetDescription.input.count)
      try dataset.readVariants(variants, rows: rows, inputs: inputs.buffer)
      inputs.write(to: &reply)
    case .score: try score(&request, &reply)
    case .gradient:
      let split = try split(&request)
      let row = try request.integer()
      let outputs = try request.view(of: Double.self)
      let gradient = Room<Double>(outputs.count)
      reply.write(
        try dataset.gradient(split, row: row, outputs: outputs, gradient: gradient.buffer))
      gradient.write(to: &reply)
    case .metrics:
      let split = try split(&request)
      let rows = try request.array(of: Int.self)
      reply.write(
        try dataset.metrics(split, rows: rows, outputs: try request.view(of: Double.self)))
    case .openCuts, .cut, .moveCuts, .closeCuts: try perform(cut: function, &request, &reply)
    case .figures:
      let parameters = try request.array(of: Double.self)
      reply.write(each: [dataset.handOverFigures(parameters: parameters)].compactMap(\.self)) {
        $1.write(to: &$0)
      }
    default: throw MessageReader.damaged
    }
  }

  private func read(
    _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    let split = try split(&request)
    let rows = try request.array(of: Int.self)
    let description = dataset.datasetDescription
    let inputs = Room<Float>(rows.count * description.input.count)
    let targets = Room<Float>(rows.count * description.targetWidth)
    try dataset.read(split, rows: rows, inputs: inputs.buffer, targets: targets.buffer)
    inputs.write(to: &reply)
    targets.write(to: &reply)
  }

  private func score(
    _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    let split = try split(&request)
    let rows = try request.array(of: Int.self)
    let points = try request.integer()
    var scoring = Scoring(
      split, rows: rows, outputs: try request.view(of: Double.self), pointCount: points)
    scoring.draws = try request.view(of: UInt64.self)
    let losses = Room<Double>(try request.integer())
    let violations = Room<Double>(try request.integer())
    let objectives = Room<Double>(try request.integer())
    scoring.losses = losses.buffer
    scoring.violations = violations.buffer
    scoring.objectives = objectives.buffer
    if scoring.draws.isEmpty, violations.isEmpty, objectives.isEmpty {
      try dataset.score(
        split, rows: rows, outputs: scoring.outputs, pointCount: points, losses: losses.buffer)
    } else {
      try dataset.score(scoring)
    }
    for room in [losses, violations, objectives] { room.write(to: &reply) }
  }

  private func perform(
    cut function: IsolatedFunction, _ request: inout MessageReader,
    _ reply: inout MessageWriter
  ) throws(ComponentError) {
    if function == .openCuts {
      let split = try split(&request)
      let row = try request.integer()
      cutCount += 1
      cuts[cutCount] = try dataset.makeCuts(
        split, row: row, outputs: try request.view(of: Double.self))
      return reply.write(cutCount)
    }
    let number = try request.integer()
    guard let open = cuts[number] else { throw MessageReader.damaged }
    switch function {
    case .cut:
      let output = try request.integer()
      let offsets = try request.view(of: Double.self)
      let losses = Room<Double>(offsets.count)
      let violations = Room<Double>(try request.boolean() ? offsets.count : 0)
      try open.cut(
        output: output, offsets: offsets, losses: losses.buffer, violations: violations.buffer)
      losses.write(to: &reply)
      violations.write(to: &reply)
    case .moveCuts: try open.move(output: try request.integer(), delta: try request.real())
    default: cuts[number] = nil
    }
  }

  private func split(_ request: inout MessageReader) throws(ComponentError) -> Split {
    guard let split = Split(rawValue: try request.read(UInt32.self)) else {
      throw MessageReader.damaged
    }
    return split
  }
}
