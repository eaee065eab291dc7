internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// An optimizer in its own process.
final class ServedOptimizer: ServedInstance {
  private let foreign: ForeignOptimizer
  /// What is asked and told: the optimizer, or its loop on a thread of its own.
  private let optimizer: any Optimizer
  private var query = Query()
  private var answer = Answer()

  /// Makes what a request asks for.
  init(_ request: inout MessageReader, _ server: IsolatedServer) throws(ComponentError) {
    let making = try server.making(&request)
    let problem = try Problem(from: &request)
    foreign = try ForeignOptimizer(making.component, request: making.request, problem: problem)
    optimizer = foreign.ownsLoop ? LoopAdapter(foreign) : foreign
  }

  deinit { (optimizer as? LoopAdapter)?.end() }

  func tell(_ request: inout MessageReader) throws(ComponentError) {
    try answer.read(from: &request)
    try optimizer.tell(answer)
  }

  func perform(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    switch function {
    case .ask:
      query.clear()
      try optimizer.ask(&query)
      query.write(to: &reply)
    case .end: (optimizer as? LoopAdapter)?.end()
    case .recommend:
      let point = try optimizer.recommendation()
      reply.write(point != nil)
      if let point { reply.write(point) }
    case .save: reply.write(try optimizer.save())
    case .load: try optimizer.load(try request.array(of: UInt8.self))
    case .figures: try handOver(try request.array(of: Double.self), &reply)
    default: throw MessageReader.damaged
    }
  }

  /// Hands over the figures of the optimizer and its solvers, in that order.
  private func handOver(
    _ parameters: [Double], _ reply: inout MessageWriter
  ) throws(ComponentError) {
    var sources: [any FigureSource] = []
    if let loop = optimizer as? LoopAdapter {
      loop.end()
      // A loop that has not returned is still at work, and is not asked.
      if loop.finished != nil { sources.append(foreign) }
    } else {
      sources.append(foreign)
    }
    if !sources.isEmpty {
      sources += foreign.solvers.sorted { $0.key < $1.key }.compactMap {
        $0.value as? any FigureSource
      }
    }
    reply.write(each: sources.compactMap { $0.handOverFigures(parameters: parameters) }) {
      $1.write(to: &$0)
    }
  }
}
