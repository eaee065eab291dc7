internal import QHostBridging
internal import QHostInterfaces

extension ComponentRequest {
  /// Takes what the host knows of the models that a component is made around.
  mutating func takeInnerModels(of descriptor: ComponentDescriptor) throws(ComponentError) {
    guard let host = host as? ForeignHost else { return }
    for (index, dependency) in descriptor.dependencies.enumerated()
    where dependency.kind == .model {
      trainedParameters[dependency.name] = try host.trainedParameters(of: index)
    }
    calibrationSource = { () throws(ComponentError) in try host.calibration() }
  }
}
