internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

extension ComponentRequest {
  /// Reads what a create function received.
  init(
    reading pointer: UnsafePointer<qhost_request>?, descriptor: ComponentDescriptor,
    isWrapping: Bool
  ) throws(ComponentError) {
    guard let pointer, let raw = qhost_request.reading(pointer), let host = raw.host,
      Int(raw.value_count) == descriptor.parameters.count,
      Int(raw.dependency_count) == descriptor.dependencies.count
    else { throw ComponentError("the host gave '\(descriptor.name)' an incomplete request") }
    var values: [String: ParameterValue] = [:]
    for (index, parameter) in descriptor.parameters.enumerated() {
      guard let value = raw.values?[index].flatMap({ qhost_value.reading($0) }) else {
        throw ComponentError("the host gave no value for '\(parameter.name)'")
      }
      values[parameter.name] = ParameterValue(reading: value, of: parameter)
    }
    let services = ForeignHost(host)
    var solvers: [String: any Solver] = [:]
    var models: [String: any Model] = [:]
    for (index, dependency) in descriptor.dependencies.enumerated() {
      guard let resolved = raw.dependencies?[index].flatMap({ qhost_resolved.reading($0) }) else {
        throw ComponentError("the host resolved no '\(dependency.name)'")
      }
      switch dependency.kind {
      case .solver: solvers[dependency.name] = try ForeignSolver(borrowing: resolved)
      case .model:
        models[dependency.name] = try ForeignModel(borrowing: resolved) {
          isWrapping ? services.capability($0, of: index) : nil
        }
      default:
        throw ComponentError("'\(dependency.name)' is neither a solver nor a model")
      }
    }
    self.init(
      configuration: Configuration(values), host: services, solvers: solvers,
      models: models)
  }
}

extension ParameterValue {
  init(reading raw: qhost_value, of parameter: ParameterDescriptor) {
    let text = raw.text.map { String(cString: $0) } ?? ""
    switch parameter.type {
    case .integer: self = .integer(Int(raw.integer))
    case .real: self = .real(raw.real)
    case .boolean: self = .boolean(raw.integer != 0)
    case .choice: self = .choice(text, index: Int(raw.integer))
    case .text, .path: self = .text(text)
    case .integers:
      self = .integers(
        UnsafeBufferPointer(start: raw.integers, count: Int(raw.count)).map { Int($0) })
    case .reals:
      self = .reals(Array(UnsafeBufferPointer(start: raw.reals, count: Int(raw.count))))
    }
  }
}
