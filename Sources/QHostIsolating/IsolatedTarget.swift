internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A target in another process; what it makes is handed over to the host, which writes it.
final class IsolatedTarget: Target {
  private let instance: IsolatedInstance
  private var outputCount = 0

  /// Makes a target with these values of its parameters.
  init(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ configuration: Configuration,
    in isolation: Isolation
  ) throws(ComponentError) {
    var part = IsolatedPart(plan)
    part.values = configuration.values
    instance = try IsolatedInstance(plan, part: part, common, in: isolation, by: .makeTarget)
  }

  func compile(
    _ graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> CompiledModel {
    outputCount = graph.outputShape.count
    return try instance.call(.compile) { message in
      graph.write(to: &message)
      calibration.write(to: &message)
    } read: { (message) throws(ComponentError) in
      try CompiledModel(from: &message)
    }
  }

  func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution {
    let count = rowCount * outputCount
    return try instance.call(.execute) { message in
      message.write(rowCount)
      message.write(inputs)
    } read: { (message) throws(ComponentError) in
      try Execution(from: &message, outputCount: count)
    }
  }
}
