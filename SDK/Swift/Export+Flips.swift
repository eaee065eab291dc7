internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every model in Swift of units with two outputs.
func flipsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_flips.sized()
  table.unit_count = { UInt64(ExportedModel.at($0).model.modelDescription.flipUnitCount) }
  table.unit_of = { instance, index in
    ExportedModel.at(instance).model.flippingUnit(of: Int(index)).map { UInt64($0) } ?? .max
  }
  table.noise = { session, noise, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedSession.at(session).session.takeNoise(noise)
    }
  }
  table.unit = { session, unit, sums, outputs, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedSession.at(session)
      try exported.session.openUnit(
        Int(unit),
        sums: UnsafeMutableBufferPointer(start: sums, count: exported.boundRowCount),
        outputs: UnsafeMutableBufferPointer(start: outputs, count: 2 * exported.outputsPerPoint))
    }
  }
  table.factors = { session, index, factors, error in
    reporting(to: error) { () throws(ComponentError) in
      let found = try ExportedSession.at(session).session.factors(index: Int(index))
      factors?.pointee.count = UInt64(found.count)
      factors?.pointee.rows = found.rows
      factors?.pointee.values = found.values
    }
  }
  return UnsafeRawPointer(arena.value(table))
}
