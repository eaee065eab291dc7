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
    let making = try server.making(&request)
    let mapping = try Mapping(from: &request)
    outputCount = mapping.output.count
    model = try ForeignModel(making.component, request: making.request, mapping: mapping)
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
}
