internal import QHostBridging
internal import QHostInterfaces

extension ComponentPlan {
  /// The request that makes its instance, with its dependencies made first.
  ///
  /// - Parameters:
  ///   - common: what all components of the run have in common.
  ///   - making: what models among the dependencies are made for; `nil` outside a model.
  /// - Returns: the request.
  /// - Throws: what a dependency throws.
  func request(
    _ common: RunServices.Common, making: ModelMaking?
  ) throws(ComponentError) -> ComponentRequest {
    var solvers: [String: any Solver] = [:]
    var models: [String: any Model] = [:]
    var trained: [String: [Double]] = [:]
    for (name, plan) in dependencies {
      let inner = try plan.request(common, making: making)
      switch plan.component.kind {
      case .solver: solvers[name] = try ForeignSolver(plan.component, request: inner)
      case .model:
        guard let making else {
          throw ComponentError("\(component.culprit) depends on a model outside a model")
        }
        let model = try ForeignModel(plan.component, request: inner, mapping: making.data.mapping)
        models[name] = model
        trained[name] = try making.start(of: model, plan)
      default: throw ComponentError("\(plan.component.culprit) cannot be a dependency")
      }
    }
    var request = ComponentRequest(
      configuration: configuration, host: RunServices(common, place: place), solvers: solvers,
      models: models)
    request.trainedParameters = trained
    if let making {
      request.calibrationSource = { () throws(ComponentError) in making.data.calibration() }
    }
    return request
  }
}
