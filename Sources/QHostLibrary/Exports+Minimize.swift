public import CLibQHost
import QHostBridging
import QHostInterfaces
import QHostRuntime

/// What a search has found, for the caller.
private struct SearchResult: Encodable {
  var loss: Double
  var violation: Double
  var stopReason: StopReason
  var evaluations: Int
  var gradients: Int
  var queries: Int
  var seconds: Double
  var optimizerSeconds: Double
  var optimizer: RunRecord.Component
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_minimize(
  _ function: UnsafePointer<libqhost_function>?, _ space: UnsafePointer<libqhost_space>?,
  _ request: UnsafePointer<CChar>?, _ stop: OpaquePointer?, _ point: UnsafeMutablePointer<Double>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  status {
    guard let function = function?.pointee, let space = space?.pointee, let point else {
      throw RunError(
        .usage, "the function, its space or the place for its best point is missing; give all")
    }
    let size = UInt64(MemoryLayout<libqhost_function>.size)
    guard function.struct_size >= size else {
      throw RunError(
        .usage, "libqhost_function has struct_size \(function.struct_size), and \(size) are needed")
    }
    let request = try RunRequest(reading: request)
    let stop = cancellation(stop)
    let called = try CalledFunction(
      function, try CalledSpace(space), most: try request.mostEvaluations, stop: stop)
    let result = try search(called, request, stop)
    for (index, value) in result.point.enumerated() { point[index] = value }
    handOut(try JSONText.of(result.text), to: json)
  }
}

extension RunRequest {
  /// Calls that are allowed; `nil`: as many as the seconds hold.
  fileprivate var mostEvaluations: Int? {
    get throws(RunError) {
      let budget = try budget()
      return budget.maxEvaluations ?? budget.maxForwardEquivalents.map { Int($0) }
    }
  }
}

private func search(
  _ called: CalledFunction, _ request: RunRequest, _ stop: Cancellation
) throws(RunError) -> (point: [Double], text: SearchResult) {
  let session = try LibrarySession.shared()
  return try keeping(called) { (number) throws(RunError) in
    var specification = try request.specification(
      on: FunctionScenario.descriptor.name, model: Variables.descriptor.name, ["dataset", "model"],
      number: number)
    // The same for the optimizers' schedules as for the calls that are counted.
    specification.budget.maxEvaluations = try request.mostEvaluations
    specification.budget.maxForwardEquivalents = nil
    let common = session.common(
      seed: specification.seed, threads: request.threads, stop: stop)
    let assembly = try session.alone { () throws(RunError) in
      try RunAssembly(specification, catalogue: session.catalogue, common: common)
    }
    let outcome = try TrainingRun(assembly, folder: nil).run()
    let found = called.call(at: outcome.parameters)
    return (
      found.point,
      SearchResult(
        loss: found.loss, violation: found.violation, stopReason: outcome.reason,
        evaluations: called.evaluations, gradients: called.gradients, queries: called.queries,
        seconds: outcome.seconds, optimizerSeconds: outcome.optimizerSeconds,
        optimizer: component(assembly.plans.optimizer))
    )
  }
}

/// Runs a body while an object can be found by its number.
func keeping<R>(
  _ object: AnyObject, _ body: (Int) throws(RunError) -> R
) throws(RunError) -> R {
  let number = Registry.shared.add(object)
  defer { Registry.shared.remove(number) }
  return try body(number)
}

extension CalledFunction {
  /// What the function gave at the point that a run ends with; its best one where it was not called there.
  fileprivate func call(at point: [Double]) -> Call {
    if last.point == point, !best.isBetter(than: last) { return last }
    guard best.point.isEmpty else { return best }
    return Call(point: point)
  }
}

/// What a record says of a component.
private func component(_ plan: ComponentPlan) -> RunRecord.Component {
  RunRecord.Component(
    plan.component.descriptor.name, plugin: plan.plugin.name, version: plan.plugin.version,
    parameters: plan.configuration.values.mapValues(recorded),
    dependencies: plan.dependencies.mapValues { component($0) })
}

private func recorded(_ value: ParameterValue) -> RecordedValue {
  func number(_ value: Double) -> RecordedValue {
    Int(exactly: value).map { .whole($0) } ?? .real(value)
  }
  return switch value {
  case .integer(let value): .whole(value)
  case .real(let value): number(value)
  case .boolean(let value): .truth(value)
  case .choice(let name, _): .text(name)
  case .text(let text): .text(text)
  case .integers(let values): .list(values.map { .whole($0) })
  case .reals(let values): .list(values.map { number($0) })
  }
}
