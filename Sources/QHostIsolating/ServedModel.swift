internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A model in its own process, with its sessions.
final class ServedModel: ServedInstance {
  private let model: ForeignModel
  private let outputCount: Int
  private var sessions: [Int: ServedSession] = [:]
  private var sessionCount = 0

  /// Makes what a request asks for.
  init(_ request: inout MessageReader, _ server: IsolatedServer) throws(ComponentError) {
    let (making, surroundings) = try server.modelMaking(&request)
    outputCount = surroundings.mapping.output.count
    model = try ForeignModel(
      making.component, request: making.request, mapping: surroundings.mapping)
  }

  func perform(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    switch function {
    case .describe:
      model.modelDescription.write(to: &reply)
      reply.write(each: model.metricDescriptions) { $1.write(to: &$0) }
    case .initialise:
      reply.write(try model.initialParameters(start: try request.read(UInt64.self)))
    case .cutCost: reply.write(model.cutCost(index: try request.integer()))
    case .cutWork:
      let numbers = try request.array(of: Int.self)
      guard numbers.count == 3 else { throw MessageReader.damaged }
      reply.write(
        try model.cutWork(index: numbers[0], offsetCount: numbers[1], rowCount: numbers[2]))
    case .measure:
      let sample = try MetricSample(from: &request)
      reply.write(each: try model.measure(sample)) { $1.write(to: &$0) }
    case .figures:
      let parameters = try request.array(of: Double.self)
      reply.write(each: [model.handOverFigures(parameters: parameters)].compactMap(\.self)) {
        $1.write(to: &$0)
      }
    case .graph: try model.graph(parameters: try parameters(&request)).write(to: &reply)
    case .approximate:
      let graph = try Graph(from: &request)
      reply.write(
        try model.approximation(of: graph, calibration: try Calibration(from: &request)))
    case .documents:
      reply.write(each: try model.documents(parameters: try parameters(&request))) {
        $1.write(to: &$0)
      }
    case .describeInner:
      let inner = inner(try request.integer())
      reply.write(inner != nil)
      inner?.modelDescription.write(to: &reply)
    case .innerParameters:
      guard let model = inner(try request.integer()) else { throw MessageReader.damaged }
      reply.write(try model.innerParameters(at: try parameters(&request, of: model)))
    case .openSession:
      sessionCount += 1
      sessions[sessionCount] = ServedSession(try model.makeSession(), outputCount: outputCount)
      reply.write(sessionCount)
    case .closeSession: sessions[try request.integer()] = nil
    default:
      guard let session = sessions[try request.integer()] else { throw MessageReader.damaged }
      try session.perform(function, &request, &reply)
    }
  }

  /// The model that is so many models further in; `nil`: there is none.
  private func inner(_ depth: Int) -> ForeignModel? {
    var found: ForeignModel? = model
    for _ in 0..<max(0, min(depth, 64)) { found = found?.innerModel }
    return found
  }

  /// Parameters, as many as a model has.
  private func parameters(
    _ request: inout MessageReader, of model: ForeignModel? = nil
  ) throws(ComponentError) -> [Double] {
    let parameters = try request.array(of: Double.self)
    guard parameters.count == (model ?? self.model).modelDescription.parameterCount else {
      throw MessageReader.damaged
    }
    return parameters
  }
}
