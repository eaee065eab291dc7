internal import CQHost
public import QHostInterfaces

/// A target behind a C table.
public final class ForeignTarget: Target {
  private let handle: InstanceHandle
  private let table: qhost_target
  private let error: ErrorBuffer
  private var outputCount = 0

  /// Makes an instance of a plugin's target.
  public init(_ component: ForeignComponent, request: ComponentRequest) throws(ComponentError) {
    let table = component.table.assumingMemoryBound(to: qhost_target.self).pointee
    guard let create = table.create, table.compile != nil else {
      throw ComponentError("\(component.culprit) lacks create or compile; report it to its author")
    }
    handle = try InstanceHandle(component: component, request: request, destroy: table.destroy) {
      create($0, $1, $2)
    }
    self.table = table
    error = ErrorBuffer(handle.link)
  }

  /// Compiles a network.
  public func compile(
    _ graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> CompiledModel {
    let arena = Arena()
    let collector = ArtifactCollector()
    var sink = collector.sink
    let status = guardedRarely(handle.component.label, "compile") {
      table.compile(
        handle.pointer, graph.stored(in: arena), calibration.stored(in: arena), &sink,
        error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "compile")
    outputCount = graph.outputShape.count
    return collector.result
  }

  /// Runs what the last compile made.
  public func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution {
    guard let execute = table.execute else {
      throw .unsupported("\(handle.component.culprit) cannot run its code here")
    }
    var execution = Execution(outputs: Array(repeating: 0, count: rowCount * outputCount))
    var cost = qhost_execution_cost.sized()
    (cost.cycles_minimum, cost.cycles_mean) = (.nan, .nan)
    (cost.cycles_maximum, cost.milliseconds_mean) = (.nan, .nan)
    let status = guardedRarely(handle.component.label, "execute") {
      execute(
        handle.pointer, inputs, UInt64(rowCount), &execution.outputs, &cost, error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "execute")
    execution.cyclesMinimum = cost.cycles_minimum
    execution.cyclesMean = cost.cycles_mean
    execution.cyclesMaximum = cost.cycles_maximum
    execution.millisecondsMean = cost.milliseconds_mean
    return execution
  }
}

/// Takes what a target hands over.
private final class ArtifactCollector {
  var result = CompiledModel()

  var sink: qhost_artifact_sink {
    var sink = qhost_artifact_sink.sized()
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.artifact = { sink, name, bytes, count in
      guard let context = sink?.pointee.context, let name else { return QHOST_ERROR }
      let text = String(cString: name)
      guard !text.isEmpty, !text.contains("/"), text != "..", text != "." else {
        return QHOST_ERROR
      }
      Unmanaged<ArtifactCollector>.fromOpaque(context).takeUnretainedValue().result.artifacts
        .append(
          CompiledModel.Artifact(
            name: text, bytes: Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))))
      return QHOST_OK
    }
    sink.figure = { sink, name, value, unit in
      guard let context = sink?.pointee.context, let name else { return }
      Unmanaged<ArtifactCollector>.fromOpaque(context).takeUnretainedValue().result.figures.append(
        CompiledModel.Figure(
          name: String(cString: name), value: value, unit: unit.map { String(cString: $0) } ?? ""))
    }
    return sink
  }
}
