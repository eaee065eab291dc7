internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

extension IsolatedServer {
  /// What an instance is to be made of.
  struct Making {
    var component: ForeignComponent
    var request: ComponentRequest
    var services: ServicesApart
  }

  /// Reads what an instance is to be made of, and makes what it depends on.
  func making(_ request: inout MessageReader) throws(ComponentError) -> Making {
    var common = common
    common.seed = try request.read(UInt64.self)
    return try making(try IsolatedPart(from: &request), common)
  }

  private func making(
    _ part: IsolatedPart, _ common: RunServices.Common
  ) throws(ComponentError) -> Making {
    let component = try component(part.path, part.kind, part.name)
    var solvers: [String: any Solver] = [:]
    for (name, inner) in zip(part.dependencyNames, part.dependencies) {
      let made = try making(inner, common)
      guard inner.kind == .solver else {
        throw ComponentError(
          "\(made.component.culprit) cannot be a dependency of an isolated plugin")
      }
      solvers[name] = try ForeignSolver(made.component, request: made.request)
    }
    let services = ServicesApart(RunServices(common, place: part.place), channel)
    return Making(
      component: component,
      request: ComponentRequest(
        configuration: Configuration(part.values), host: services, solvers: solvers),
      services: services)
  }
}
