internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every dataset in Swift.
func datasetTable(resources: [Resource], in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_dataset.sized()
  table.resource_count = UInt32(resources.count)
  table.resources = arena.pointers(resources.map { $0.stored(in: arena) })
  table.create = { request, instance, error in
    reporting(to: error) { () throws(ComponentError) in
      let dataset = try make(request, (), as: (any Dataset).self)
      ExportedDataset(dataset).handOver(to: instance)
    }
  }
  table.destroy = { ExportedDataset.destroy($0) }
  table.describe = { ExportedDataset.at($0).description }
  fillRows(&table)
  fillCuts(&table)
  return UnsafeRawPointer(arena.value(table))
}

private func fillRows(_ table: inout qhost_dataset) {
  table.read = { instance, split, indices, rowCount, inputs, targets, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedDataset.at(instance)
      let description = exported.dataset.datasetDescription
      let count = Int(rowCount)
      try exported.dataset.read(
        try Split(checking: split), rows: rowNumbers(indices, rowCount),
        inputs: UnsafeMutableBufferPointer(start: inputs, count: count * description.input.count),
        targets: UnsafeMutableBufferPointer(start: targets, count: count * description.targetWidth)
      )
    }
  }
  table.read_variants = { instance, indices, variants, rowCount, inputs, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedDataset.at(instance)
      let width = exported.dataset.datasetDescription.input.count
      try exported.dataset.readVariants(
        rowNumbers(variants, rowCount), rows: rowNumbers(indices, rowCount),
        inputs: UnsafeMutableBufferPointer(start: inputs, count: Int(rowCount) * width))
    }
  }
  table.score = { instance, split, indices, rowCount, outputs, pointCount, losses, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedDataset.at(instance)
      let count = Int(rowCount) * Int(pointCount)
      let outputs = UnsafeBufferPointer(start: outputs, count: count * exported.outputCount)
      let losses = UnsafeMutableBufferPointer(start: losses, count: count)
      // One row is the usual case of a test function: no array of its own for it.
      try exported.dataset.score(
        try Split(checking: split),
        rows: rowCount == 1 && indices?.pointee == 0 ? [0] : rowNumbers(indices, rowCount),
        outputs: outputs, pointCount: Int(pointCount), losses: losses)
    }
  }
  table.metrics = { instance, split, indices, rowCount, outputs, values, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedDataset.at(instance)
      let found = try exported.dataset.metrics(
        try Split(checking: split), rows: rowNumbers(indices, rowCount),
        outputs: UnsafeBufferPointer(
          start: outputs, count: Int(rowCount) * exported.outputCount))
      values?.update(from: found, count: found.count)
    }
  }
}

private func fillCuts(_ table: inout qhost_dataset) {
  table.cut_open = { instance, split, row, outputs, session, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedDataset.at(instance)
      let cuts = try exported.dataset.makeCuts(
        try Split(checking: split), row: Int(row),
        outputs: UnsafeBufferPointer(start: outputs, count: exported.outputCount))
      ExportedCuts(cuts).handOver(to: session)
    }
  }
  table.cut_close = { ExportedCuts.destroy($0) }
  table.cut = { session, output, offsets, offsetCount, losses, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedCuts.at(session).cuts.cut(
        output: Int(output),
        offsets: UnsafeBufferPointer(start: offsets, count: Int(offsetCount)),
        losses: UnsafeMutableBufferPointer(start: losses, count: Int(offsetCount)))
    }
  }
  table.cut_move = { session, output, delta, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedCuts.at(session).cuts.move(output: Int(output), delta: delta)
    }
  }
  table.cut_cost = { ExportedDataset.at($0).dataset.cutCost }
}

/// Row numbers as Swift counts.
func rowNumbers(_ indices: UnsafePointer<UInt64>?, _ count: UInt64) -> [Int] {
  UnsafeBufferPointer(start: indices, count: Int(count)).map { Int($0) }
}

extension Split {
  init(checking raw: UInt32) throws(ComponentError) {
    guard let split = Split(rawValue: raw) else {
      throw ComponentError("the host asked for the unknown split \(raw)")
    }
    self = split
  }
}

extension Resource {
  fileprivate func stored(in arena: Arena) -> qhost_resource {
    var raw = qhost_resource.sized()
    raw.path = arena.text(path)
    raw.url = arena.text(url)
    raw.sha256 = arena.text(sha256)
    raw.bytes = UInt64(byteCount)
    return raw
  }
}

/// A dataset in Swift behind a C instance pointer.
final class ExportedDataset: Instance {
  let dataset: any Dataset
  override var component: AnyObject? { dataset }
  override var rowWidths: (input: Int, output: Int) {
    (dataset.datasetDescription.input.count, outputCount)
  }
  let description: UnsafePointer<qhost_dataset_description>
  // Numbers of the description, which is not to be copied for each of them.
  let outputCount: Int
  let objectiveCount: Int
  /// [C] as C has them; `nil`: all real.
  let outputKinds: UnsafePointer<UInt32>?
  let objectives: UnsafePointer<UnsafePointer<qhost_scenario_objective>?>?
  private let arena = Arena()

  init(_ dataset: any Dataset) {
    self.dataset = dataset
    description = dataset.datasetDescription.stored(in: arena)
    outputCount = dataset.datasetDescription.output.count
    objectiveCount = dataset.datasetDescription.objectives.count
    let kinds = dataset.datasetDescription.outputKinds
    outputKinds = kinds.isEmpty ? nil : UnsafePointer(arena.array(kinds.map(\.rawValue)))
    objectives = arena.pointers(
      dataset.datasetDescription.objectives.map { [arena] in $0.stored(in: arena) })
  }
}

/// A scenario's cuts in Swift behind a C pointer.
final class ExportedCuts: Instance {
  let cuts: any ScenarioCuts

  init(_ cuts: any ScenarioCuts) { self.cuts = cuts }
}
