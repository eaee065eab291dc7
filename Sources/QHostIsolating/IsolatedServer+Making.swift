internal import Logging
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
    let (part, common) = try part(&request)
    return try making(part, common, nil)
  }

  /// Reads what a model is to be made of and for, and makes what it depends on.
  func modelMaking(
    _ request: inout MessageReader
  ) throws(ComponentError) -> (making: Making, surroundings: ModelSurroundings) {
    let (part, common) = try part(&request)
    let surroundings = try ModelSurroundings(from: &request)
    return (try making(part, common, surroundings), surroundings)
  }

  private func part(
    _ request: inout MessageReader
  ) throws(ComponentError) -> (IsolatedPart, RunServices.Common) {
    var common = common
    common.seed = try request.read(UInt64.self)
    if let level = Logger.Level(rawValue: try request.text()) { common.logger.logLevel = level }
    return (try IsolatedPart(from: &request), common)
  }

  private func making(
    _ part: IsolatedPart, _ common: RunServices.Common, _ surroundings: ModelSurroundings?
  ) throws(ComponentError) -> Making {
    let component = try component(part.path, part.kind, part.name)
    let services = ServicesApart(RunServices(common, place: part.place), channel)
    var request = ComponentRequest(configuration: Configuration(part.values), host: services)
    for (name, inner) in zip(part.dependencyNames, part.dependencies) {
      let made = try making(inner, common, surroundings)
      switch inner.kind {
      case .solver:
        request.solvers[name] = try ForeignSolver(made.component, request: made.request)
      case .model:
        guard let surroundings else {
          throw ComponentError("\(component.culprit) depends on a model outside a model")
        }
        request.models[name] = try ForeignModel(
          made.component, request: made.request, mapping: surroundings.mapping)
        request.trainedParameters[name] = surroundings.starts[inner.place]
      default: throw ComponentError("\(made.component.culprit) cannot be a dependency")
      }
    }
    if let calibration = surroundings?.calibration {
      request.calibrationSource = { () throws(ComponentError) in calibration }
    }
    return Making(component: component, request: request, services: services)
  }
}
