internal import QHostRuntime

/// What a comparison takes of other processes that do its cells.
extension Comparison {
  /// The cells that have not ended.
  public var openCells: [Int] { open.filter { entries[$0] == nil } }

  /// How far it is, where other processes do its cells.
  var progressOfOthers: Progress {
    let failures = entries.values.count { if case .failed = $0 { true } else { false } }
    let ended = open.count { entries[$0] != nil }
    return Progress(
      cellCount: entries.count + open.count - ended, doneCount: entries.count,
      failureCount: failures,
      remainingSeconds: nil, active: [])
  }

  /// Takes a line of the journal of another process that does some of the cells; one that is known is not counted again.
  ///
  /// - Parameters:
  ///   - line: the line.
  ///   - cells: the cells that it may be of.
  /// - Throws: kind `data` when the journal cannot be written.
  func accept(_ line: [UInt8], among cells: [Int]) throws(RunError) {
    let record = line.withUnsafeBufferPointer { JournalLine.read($0, .whole) }
    switch record {
    case .cell(let result) where cells.contains(result.cell):
      if case .finished = entries[result.cell] { return }
      try journal.append(line: line)
      entries[result.cell] = .finished(result)
      pace.note(result)
    case .failure(let failure) where cells.contains(failure.cell) && entries[failure.cell] == nil:
      try journal.append(line: line)
      entries[failure.cell] = .failed(failure)
    default: break
    }
  }

  /// Notes that nobody has done a cell, and why.
  func fail(_ number: Int, _ message: String) throws(RunError) {
    let cell = cell(number)
    let failure = FailureRecord(
      cell: number, labels: cell.labels, seed: cell.specification.seed, kind: "worker",
      message: message)
    try journal.append(failure)
    entries[number] = .failed(failure)
  }
}
