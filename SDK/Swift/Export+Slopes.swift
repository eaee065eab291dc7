internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every scenario in Swift that knows the gradient of its loss.
func slopesTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_slopes.sized()
  table.has_gradient = { ExportedDataset.at($0).dataset.datasetDescription.hasGradient ? 1 : 0 }
  table.gradient = { instance, split, row, outputs, loss, gradient, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedDataset.at(instance)
      loss?.pointee = try exported.dataset.gradient(
        try Split(checking: split), row: Int(clamping: row),
        outputs: UnsafeBufferPointer(start: outputs, count: exported.outputCount),
        gradient: UnsafeMutableBufferPointer(start: gradient, count: exported.outputCount))
    }
  }
  return UnsafeRawPointer(arena.value(table))
}
