internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every model in Swift whose outputs may be random draws.
func streamsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_streams.sized()
  table.is_stochastic = { ExportedModel.at($0).model.modelDescription.isStochastic ? 1 : 0 }
  table.bind_rows = { session, keys, rowCount, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedSession.at(session).session.bindRows(
        keys: UnsafeBufferPointer(start: keys, count: Int(rowCount)))
    }
  }
  table.forward_draws = { session, parameters, draws, pointCount, outputs, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.forward(
        parameters: UnsafeBufferPointer(
          start: parameters, count: Int(pointCount) * exported.parameterCount),
        draws: UnsafeBufferPointer(start: draws, count: Int(pointCount)),
        outputs: UnsafeMutableBufferPointer(
          start: outputs, count: Int(pointCount) * exported.outputsPerPoint))
    }
  }
  return UnsafeRawPointer(arena.value(table))
}
