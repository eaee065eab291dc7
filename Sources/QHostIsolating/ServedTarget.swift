internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A target in its own process.
final class ServedTarget: ServedInstance {
  private let target: ForeignTarget

  /// Makes what a request asks for.
  init(_ request: inout MessageReader, _ server: IsolatedServer) throws(ComponentError) {
    let making = try server.making(&request)
    target = try ForeignTarget(making.component, request: making.request)
  }

  func perform(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    switch function {
    case .compile:
      let graph = try Graph(from: &request)
      try target.compile(graph, calibration: try Calibration(from: &request)).write(to: &reply)
    case .execute:
      let rowCount = try request.integer()
      try target.execute(inputs: try request.array(of: Float.self), rowCount: rowCount)
        .write(to: &reply)
    default: throw MessageReader.damaged
    }
  }
}
