internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every model in Swift that sums losses along the weights of a unit.
func potentialsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_potentials.sized()
  table.unit_count = { UInt64(ExportedModel.at($0).model.modelDescription.potentialUnitCount) }
  table.has_two_outputs = {
    ExportedModel.at($0).model.modelDescription.hasBinaryPotentials ? 1 : 0
  }
  table.unit_of = { instance, index in
    ExportedModel.at(instance).model.potentialUnit(of: Int(index)).map { UInt64($0) } ?? .max
  }
  table.unit_prepare = { session, unit, offset, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedSession.at(session).session.preparePotential(unit: Int(unit), offset: offset)
    }
  }
  table.hold = { session, unit, places, count, outputs, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.hold(
        unit: Int(unit), at: UnsafeBufferPointer(start: places, count: Int(count)),
        outputs: UnsafeMutableBufferPointer(
          start: outputs, count: Int(count) * exported.outputsPerPoint))
    }
  }
  table.unit_open = { session, unit, coefficients, count, width, sum, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      sum?.pointee = try exported.session.openPotential(
        UnitPotential(
          unit: Int(unit),
          coefficients: UnsafeBufferPointer(
            start: coefficients, count: Int(count) * exported.boundRowCount),
          coefficientCount: Int(count), noiseWidth: width))
    }
  }
  addAlongWeights(to: &table)
  return UnsafeRawPointer(arena.value(table))
}

private func addAlongWeights(to table: inout qhost_potentials) {
  table.unit_cut = { session, index, offsets, count, changes, outside, work, error in
    reporting(to: error) { () throws(ComponentError) in
      guard let changes else { return }
      let took = try ExportedSession.at(session).session.cutPotential(
        index: Int(index), offsets: UnsafeBufferPointer(start: offsets, count: Int(count)),
        into: changes)
      outside?.pointee = UInt64(took.outside)
      work?.pointee += took.work
    }
  }
  table.unit_move = { session, index, delta, change, outside, work, error in
    reporting(to: error) { () throws(ComponentError) in
      let moved = try ExportedSession.at(session).session.movePotential(
        index: Int(index), delta: delta)
      change?.pointee = moved.change
      outside?.pointee = UInt64(moved.took.outside)
      work?.pointee += moved.took.work
    }
  }
  table.unit_close = { session, work, error in
    reporting(to: error) { () throws(ComponentError) in
      work?.pointee += try ExportedSession.at(session).session.closePotential()
    }
  }
}
