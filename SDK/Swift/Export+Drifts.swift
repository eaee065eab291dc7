internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The function of every dataset in Swift that knows where it changes.
func driftsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_drifts.sized()
  table.drifts = { instance, split, capacity, room in
    guard let split = Split(rawValue: split) else { return 0 }
    let drifts = ExportedDataset.at(instance).dataset.datasetDescription.drifts[split] ?? []
    for (place, drift) in drifts.prefix(Int(clamping: capacity)).enumerated() {
      room?[place] = qhost_drift(
        row: UInt64(clamping: drift.row), width: UInt64(clamping: drift.width))
    }
    return UInt64(drifts.count)
  }
  return UnsafeRawPointer(arena.value(table))
}
