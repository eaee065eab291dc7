internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every target in Swift.
func targetTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_target.sized()
  table.create = { request, instance, error in
    reporting(to: error) { () throws(ComponentError) in
      let target = try make(request, (), as: (any Target).self)
      ExportedTarget(target).handOver(to: instance)
    }
  }
  table.destroy = { ExportedTarget.destroy($0) }
  table.compile = { instance, graph, calibration, sink, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedTarget.at(instance).compile(graph, calibration, sink)
    }
  }
  table.execute = { instance, inputs, rowCount, outputs, cost, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedTarget.at(instance).execute(inputs, Int(rowCount), outputs, cost)
    }
  }
  return UnsafeRawPointer(arena.value(table))
}

/// A target in Swift behind a C instance pointer.
private final class ExportedTarget: Instance {
  private let target: any Target
  override var component: AnyObject? { target }
  private var inputCount = 0

  init(_ target: any Target) { self.target = target }

  func compile(
    _ rawGraph: UnsafePointer<qhost_graph>?, _ rawCalibration: UnsafePointer<qhost_calibration>?,
    _ sink: UnsafePointer<qhost_artifact_sink>?
  ) throws(ComponentError) {
    let graph = try Graph(reading: rawGraph, culprit: "the host")
    guard let sink else { throw ComponentError("the host gave no sink for artifacts") }
    inputCount = graph.inputShape.count
    let calibration = try Calibration(reading: rawCalibration, inputCount: inputCount)
    let compiled = try target.compile(graph, calibration: calibration)
    for artifact in compiled.artifacts {
      let status = sink.pointee.artifact(
        sink, artifact.name, artifact.bytes, UInt64(artifact.bytes.count))
      guard status == QHOST_OK else {
        throw ComponentError(
          "the host refused the artifact '\(artifact.name)'; its name must be a plain file name")
      }
    }
    for figure in compiled.figures {
      sink.pointee.figure(sink, figure.name, figure.value, figure.unit)
    }
  }

  func execute(
    _ inputs: UnsafePointer<Float>?, _ rowCount: Int, _ outputs: UnsafeMutablePointer<Float>?,
    _ cost: UnsafeMutablePointer<qhost_execution_cost>?
  ) throws(ComponentError) {
    let execution = try target.execute(
      inputs: Array(UnsafeBufferPointer(start: inputs, count: rowCount * inputCount)),
      rowCount: rowCount)
    outputs?.update(from: execution.outputs, count: execution.outputs.count)
    cost?.pointee.cycles_minimum = execution.cyclesMinimum
    cost?.pointee.cycles_mean = execution.cyclesMean
    cost?.pointee.cycles_maximum = execution.cyclesMaximum
    cost?.pointee.milliseconds_mean = execution.millisecondsMean
  }
}
