internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every model in Swift.
func modelTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_model.sized()
  table.create = { request, mapping, instance, error in
    reporting(to: error) { () throws(ComponentError) in
      guard let raw = mapping.flatMap({ qhost_mapping.reading($0) }) else {
        throw ComponentError("the host gave an incomplete mapping")
      }
      let mapping = try Mapping(reading: raw)
      let model = try make(request, mapping, as: (any Model).self)
      ExportedModel(model, mapping).handOver(to: instance)
    }
  }
  table.destroy = { ExportedModel.destroy($0) }
  table.describe = { ExportedModel.at($0).description }
  table.initialise = { instance, start, parameters, error in
    reporting(to: error) { () throws(ComponentError) in
      let values = try ExportedModel.at(instance).model.initialParameters(start: start)
      parameters?.update(from: values, count: values.count)
    }
  }
  table.graph = { instance, parameters, graph, error in
    reporting(to: error) { () throws(ComponentError) in
      graph?.pointee = try ExportedModel.at(instance).graph(parameters)
    }
  }
  table.approximate = { instance, graph, calibration, parameters, error in
    reporting(to: error) { () throws(ComponentError) in
      let graph = try Graph(reading: graph, culprit: "the host")
      let calibration = try Calibration(
        reading: calibration, inputCount: graph.inputShape.count)
      let values = try ExportedModel.at(instance).model.approximation(
        of: graph, calibration: calibration)
      parameters?.update(from: values, count: values.count)
    }
  }
  table.cut_cost = { ExportedModel.at($0).model.cutCost(index: Int($1)) }
  table.cut_work = { instance, index, offsetCount, rowCount in
    let model = ExportedModel.at(instance).model
    let work = try? model.cutWork(
      index: Int(index), offsetCount: Int(offsetCount), rowCount: Int(rowCount))
    return work ?? .nan
  }
  fillSessions(&table)
  fillCuts(&table)
  return UnsafeRawPointer(arena.value(table))
}

private func fillSessions(_ table: inout qhost_model) {
  table.open = { instance, session, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedModel.at(instance)
      let made = try exported.model.makeSession()
      ExportedSession(made, of: exported).handOver(to: session)
    }
  }
  table.close = { ExportedSession.destroy($0) }
  table.bind = { session, inputs, rowCount, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedSession.at(session).bind(inputs, Int(rowCount))
    }
  }
  table.forward = { session, parameters, pointCount, outputs, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.forward(
        parameters: UnsafeBufferPointer(
          start: parameters, count: Int(pointCount) * exported.parameterCount),
        pointCount: Int(pointCount),
        outputs: UnsafeMutableBufferPointer(
          start: outputs, count: Int(pointCount) * exported.outputsPerPoint))
    }
  }
  table.backward = { session, outputGradients, gradient, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.backward(
        outputGradients: UnsafeBufferPointer(
          start: outputGradients, count: exported.outputsPerPoint),
        gradient: UnsafeMutableBufferPointer(start: gradient, count: exported.parameterCount))
    }
  }
}

private func fillCuts(_ table: inout qhost_model) {
  table.cut_open = { session, parameters, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.openCuts(
        parameters: UnsafeBufferPointer(start: parameters, count: exported.parameterCount))
    }
  }
  table.cut = { session, index, offsets, offsetCount, outputs, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.cut(
        index: Int(index),
        offsets: UnsafeBufferPointer(start: offsets, count: Int(offsetCount)),
        outputs: UnsafeMutableBufferPointer(
          start: outputs, count: Int(offsetCount) * exported.outputsPerPoint))
    }
  }
  table.cut_move = { session, index, delta, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedSession.at(session).session.move(index: Int(index), delta: delta)
    }
  }
  table.cut_changes = { session, index, offsets, offsetCount, changes, error in
    reporting(to: error) { () throws(ComponentError) in
      try changing(changes) { (changes) throws(ComponentError) in
        try ExportedSession.at(session).session.cutChanges(
          index: Int(index),
          offsets: UnsafeBufferPointer(start: offsets, count: Int(offsetCount)), into: &changes)
      }
    }
  }
  table.move_changes = { session, index, delta, changes, error in
    reporting(to: error) { () throws(ComponentError) in
      try changing(changes) { (changes) throws(ComponentError) in
        try ExportedSession.at(session).session.moveChanges(
          index: Int(index), delta: delta, into: &changes)
      }
    }
  }
}

/// Lends the host's memory for changes to a session.
private func changing(
  _ raw: UnsafeMutablePointer<qhost_changes>?,
  _ body: (inout CutChanges) throws(ComponentError) -> Void
) throws(ComponentError) {
  guard let raw, let rowCounts = raw.pointee.row_counts, let rows = raw.pointee.rows,
    let outputs = raw.pointee.outputs
  else { throw ComponentError("the host gave no memory for changes") }
  var changes = CutChanges(
    stride: Int(raw.pointee.stride), rowCounts: rowCounts, rows: rows, outputs: outputs)
  try body(&changes)
  raw.pointee.multiply_adds = UInt64(changes.multiplyAdds)
  // The struct of a host that is older ends before this member.
  if Int(raw.pointee.struct_size) >= MemoryLayout<qhost_changes>.size {
    raw.pointee.work = changes.work
  }
}

/// A model in Swift behind a C instance pointer.
final class ExportedModel: Instance {
  let model: any Model
  override var component: AnyObject? { model }
  override var rowWidths: (input: Int, output: Int) { (inputCount, outputCount) }
  let description: UnsafePointer<qhost_model_description>
  private let arena = Arena()
  private var graphArena = Arena()

  let inputCount: Int
  let outputCount: Int

  init(_ model: any Model, _ mapping: Mapping) {
    self.model = model
    inputCount = mapping.input.count
    outputCount = mapping.output.count
    description = model.modelDescription.stored(in: arena)
  }

  func graph(
    _ parameters: UnsafePointer<Double>?
  ) throws(ComponentError) -> UnsafePointer<qhost_graph> {
    let values = Array(
      UnsafeBufferPointer(start: parameters, count: model.modelDescription.parameterCount))
    let graph = try model.graph(parameters: values)
    graphArena = Arena()
    return graph.stored(in: graphArena)
  }
}
