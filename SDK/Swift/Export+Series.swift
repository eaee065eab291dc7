internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every dataset in Swift that has series, or of every model that takes them.
func seriesTable(isDataset: Bool, in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_series.sized()
  if isDataset { fillDataset(&table) } else { fillModel(&table) }
  return UnsafeRawPointer(arena.value(table))
}

private func fillDataset(_ table: inout qhost_series) {
  table.is_series = { ExportedDataset.at($0).dataset.datasetDescription.isSeries ? 1 : 0 }
  table.lengths = { instance, split, indices, rowCount, lengths, error in
    reporting(to: error) { () throws(ComponentError) in
      let rows = UnsafeBufferPointer(start: indices, count: Int(rowCount)).map { Int($0) }
      let found = try ExportedDataset.at(instance).dataset.lengths(
        try Split(checking: split), rows: rows)
      guard found.count == rows.count else {
        throw ComponentError(
          "it gave \(found.count) lengths for \(rows.count) rows; report it to its author")
      }
      for (place, length) in found.enumerated() { lengths?[place] = UInt64(clamping: length) }
    }
  }
  table.is_stream = { instance, split in
    let streams = ExportedDataset.at(instance).dataset.datasetDescription.streams
    return Split(rawValue: split).map { streams.contains($0) } ?? false ? 1 : 0
  }
}

private func fillModel(_ table: inout qhost_series) {
  table.is_series = { ExportedModel.at($0).model.modelDescription.takesSeries ? 1 : 0 }
  table.bind_series = { session, lengths, rowCount, start, error in
    reporting(to: error) { () throws(ComponentError) in
      guard let start = SeriesStart(rawValue: start) else {
        throw ComponentError("the host binds series that start at the unknown place \(start)")
      }
      try ExportedSession.at(session).session.bindSeries(
        lengths: UnsafeBufferPointer(start: lengths, count: Int(rowCount)), start: start)
    }
  }
}
