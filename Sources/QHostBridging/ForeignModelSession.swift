#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import CQHost
internal import QHostInterfaces

extension CutChanges {
  /// The same memory as C sees it.
  fileprivate var raw: qhost_changes {
    var raw = qhost_changes.sized()
    raw.stride = UInt64(stride)
    raw.row_counts = rowCounts
    raw.rows = rows
    raw.outputs = outputs
    return raw
  }
}

/// A session of a model behind a C table.
final class ForeignModelSession: ModelSession {
  let model: ForeignModel
  let session: UnsafeMutableRawPointer
  /// B of the last bind.
  private(set) var rowCount = 0
  let error: ErrorBuffer

  init(of model: ForeignModel) throws(ComponentError) {
    var session: UnsafeMutableRawPointer?
    let error = ErrorBuffer(model.link)
    self.error = error
    let status = guarded(model.label, "open") {
      model.table.open(model.instance, &session, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "open")
    guard let session else {
      throw ComponentError("\(model.culprit) opened no session; report it to its author")
    }
    self.model = model
    self.session = session
  }

  deinit {
    guard model.link?.isAlive ?? true else { return }
    guarded(model.label, "close") { model.table.close(session) }
  }

  func bind(
    inputs: UnsafeBufferPointer<Float>, rowCount: Int
  ) throws(ComponentError) {
    let status = guarded(model.label, "bind") {
      model.table.bind(session, inputs.baseAddress, UInt64(rowCount), error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "bind")
    self.rowCount = rowCount
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "forward") {
      model.table.forward(
        session, parameters.baseAddress, UInt64(pointCount), outputs.baseAddress, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "forward")
  }

  func bindRows(keys: UnsafeBufferPointer<UInt64>) throws(ComponentError) {
    let status = guarded(model.label, "bind_rows") {
      model.streams?.bind_rows(session, keys.baseAddress, UInt64(keys.count), error.pointer)
        ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "bind_rows")
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "forward_draws") {
      model.streams?.forward_draws(
        session, parameters.baseAddress, draws.baseAddress, UInt64(draws.count),
        outputs.baseAddress, error.pointer) ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "forward_draws")
  }

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    let status = guarded(model.label, "bind_series") {
      model.series?.bind_series(
        session, lengths.baseAddress, UInt64(lengths.count), start.rawValue, error.pointer)
        ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "bind_series")
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let status = guarded(model.label, "backward") {
      model.table.backward(
        session, outputGradients.baseAddress, gradient.baseAddress, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "backward")
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    let status = guarded(model.label, "cut_open") {
      model.table.cut_open(session, parameters.baseAddress, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut_open")
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "cut") {
      model.table.cut(
        session, UInt64(index), offsets.baseAddress, UInt64(offsets.count), outputs.baseAddress,
        error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut")
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    let status = guarded(model.label, "cut_move") {
      model.table.cut_move(session, UInt64(index), delta, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut_move")
  }

  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    var raw = changes.raw
    let status = guarded(model.label, "cut_changes") {
      model.table.cut_changes(
        session, UInt64(index), offsets.baseAddress, UInt64(offsets.count), &raw, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut_changes")
    try take(raw, offsets.count, into: &changes)
  }

  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    var raw = changes.raw
    let status = guarded(model.label, "move_changes") {
      model.table.move_changes(session, UInt64(index), delta, &raw, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "move_changes")
    try take(raw, 1, into: &changes)
  }

  private func take(
    _ raw: qhost_changes, _ offsetCount: Int, into changes: inout CutChanges
  ) throws(ComponentError) {
    changes.multiplyAdds = Int(clamping: raw.multiply_adds)
    changes.work = raw.work
    guard changes.work >= 0, changes.work.isFinite else {
      throw ComponentError(
        "\(model.culprit) says that changes were a work of \(raw.work); report it to its author")
    }
    if let offset = changes.flaw(offsetCount: offsetCount, rowCount: rowCount) {
      throw ComponentError(
        "\(model.culprit) names rows that change (\(changes.rowCounts[offset]) at offset \(offset)) "
          + "which are not in ascending order below \(rowCount), the rows that it was given; report it "
          + "to its author")
    }
  }
}

extension CutChanges {
  /// The first offset whose rows are not those of a block, in ascending order; `nil`: there is none.
  ///
  /// They are places in the host's memory. With all rows at an offset their numbers are not looked at.
  fileprivate func flaw(offsetCount: Int, rowCount: Int) -> Int? {
    for offset in 0..<offsetCount {
      let count = rowCounts[offset]
      guard count <= UInt64(rowCount) else { return offset }
      guard count > 0, count < UInt64(rowCount) else { continue }
      let places = rows + offset * stride
      // Mostly they are those of the offset before, which were looked at.
      if offset > 0, rowCounts[offset - 1] == count,
        memcmp(places - stride, places, MemoryLayout<UInt32>.stride * Int(count)) == 0
      {
        continue
      }
      // Without a branch, so that it vectorises.
      var falls: UInt32 = 0
      for place in 1..<Int(count) { falls |= places[place] <= places[place - 1] ? 1 : 0 }
      // The largest is the last one, where they ascend.
      guard falls == 0, Int(places[Int(count) - 1]) < rowCount else { return offset }
    }
    return nil
  }
}
