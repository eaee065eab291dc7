internal import CQHost
internal import QHostInterfaces

/// Losses of a scenario along single outputs, behind a C table.
final class ForeignScenarioCuts: ScenarioCuts {
  private let dataset: ForeignDataset
  private let session: UnsafeMutableRawPointer
  private let error: ErrorBuffer

  init(
    of dataset: ForeignDataset, _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) {
    let error = ErrorBuffer(dataset.handle.link)
    var session: UnsafeMutableRawPointer?
    let component = dataset.handle.component
    let status = guarded(component.label, "cut_open") {
      dataset.table.cut_open(
        dataset.handle.pointer, split.rawValue, UInt64(row), outputs.baseAddress, &session,
        error.pointer)
    }
    try error.check(status, culprit: component.culprit, function: "cut_open")
    guard let session else {
      throw ComponentError("\(component.culprit) opened no cuts; report it to its author")
    }
    self.dataset = dataset
    self.session = session
    self.error = error
  }

  deinit {
    guard dataset.handle.link.isAlive else { return }
    guarded(dataset.handle.component.label, "cut_close") { dataset.table.cut_close(session) }
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let component = dataset.handle.component
    let status = guarded(component.label, "cut") {
      dataset.table.cut(
        session, UInt64(output), offsets.baseAddress, UInt64(offsets.count), losses.baseAddress,
        error.pointer)
    }
    try error.check(status, culprit: component.culprit, function: "cut")
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard !violations.isEmpty, let cut = dataset.scenario.cut else {
      return try self.cut(output: output, offsets: offsets, losses: losses)
    }
    let component = dataset.handle.component
    let status = guarded(component.label, "cut") {
      cut(
        session, UInt64(output), offsets.baseAddress, UInt64(offsets.count), losses.baseAddress,
        violations.baseAddress, error.pointer)
    }
    try error.check(status, culprit: component.culprit, function: "cut")
  }

  func move(output: Int, delta: Double) throws(ComponentError) {
    let component = dataset.handle.component
    let status = guarded(component.label, "cut_move") {
      dataset.table.cut_move(session, UInt64(output), delta, error.pointer)
    }
    try error.check(status, culprit: component.culprit, function: "cut_move")
  }
}
