public import QHostRuntime

/// The runs of a journal, in the order of their cells.
public struct ExportedRuns: Sendable {
  /// The journal's first line.
  public let header: JournalHeader
  /// The runs that have a result.
  public let finished: [CellResult]
  /// The runs that have failed.
  public let failed: [FailureRecord]
  /// The axes of their labels: `optimizer`, the places of all dependencies, `model`, `dataset` and `target`.
  let axes: [String]
  /// What the journal does not have, a sentence each.
  public let notes: [String]

  /// Takes the runs of a journal.
  ///
  /// - Throws: kind `data` when none has a result.
  public init(_ journal: JournalContents) throws(RunError) {
    header = journal.header
    var finished: [CellResult] = []
    var failed: [FailureRecord] = []
    for (_, entry) in journal.entries.sorted(by: { $0.key < $1.key }) {
      switch entry {
      case .finished(let result): finished.append(result)
      case .failed(let failure): failed.append(failure)
      }
    }
    self.finished = finished
    self.failed = failed
    let places = (finished.map(\.labels) + failed.map(\.labels)).flatMap(\.dependencies.keys)
    axes = ["optimizer"] + Set(places).sorted() + ["model", "dataset", "target"]
    var notes: [String] = []
    if journal.isCut {
      notes.append("the last line of '\(journal.path)' is cut off, and left out")
    }
    let cells = ComparisonSummary(header, journal.entries, journal: journal.path).cells
    if finished.count + failed.count < cells {
      notes.append("of the plan's \(cells) cells \(finished.count) have a result")
    }
    self.notes = notes
    guard !finished.isEmpty else {
      throw RunError(
        .data,
        "'\(journal.path)' has no finished cell; continue with 'qhost compare --resume' first")
    }
  }

  /// What is said of failed runs where there is no room for them.
  var failureNotes: [String] {
    failed.isEmpty ? [] : ["\(failed.count) failed cells are left out; csv has them"]
  }

  /// The runs that had a finite loss; a note says when some had none.
  func withLosses(_ export: inout Export) -> [CellResult] {
    let known = finished.filter { $0.improvements.bestLoss.last?.isFinite ?? false }
    if known.count < finished.count {
      export.notes.append("\(finished.count - known.count) runs without a finite loss are left out")
    }
    return known
  }

  /// What stands for a loss that is not known yet, at evaluation 1: neither `cocopp` nor `iohinspector` ends on infinity.
  static func unknownLoss(before first: Double) -> Double { max(1e10, 10 * first) }

  /// A figure at the end of runs.
  struct Metric {
    /// A split, or `target`.
    let group: String
    let figure: String

    /// For example `test_accuracy`.
    var name: String { "\(group)_\(figure.replacing(" ", with: "_"))" }

    /// That of a run; `nil` when it has none.
    func value(of run: CellResult) -> Double? { run.finalFigures[[group, figure]] }
  }

  /// The figures that any of the runs has, in the order of their names.
  static func metrics(_ runs: [CellResult]) -> [Metric] {
    Set(runs.flatMap(\.finalFigures.keys)).sorted { $0.lexicographicallyPrecedes($1) }
      .map { Metric(group: $0[0], figure: $0[1]) }
  }

  /// The runs by a part of what they are called, in the order of their first ones.
  static func groups<Key: Hashable>(
    _ runs: [CellResult], by key: (CellResult) -> Key
  ) -> [(key: Key, runs: [CellResult])] {
    var places: [Key: Int] = [:]
    var groups: [(key: Key, runs: [CellResult])] = []
    for run in runs {
      let key = key(run)
      if let place = places[key] {
        groups[place].runs.append(run)
      } else {
        places[key] = groups.count
        groups.append((key, [run]))
      }
    }
    return groups
  }
}

extension CellResult {
  /// The optimizer with what it depends on, as other programs call the algorithm.
  var algorithm: String { labels.text(at: "optimizer") ?? labels.optimizer }

  /// What it worked on.
  var problem: String { labels.problemText }

  /// The figures at its end, by split or `target` and name.
  fileprivate var finalFigures: [[String]: Double] {
    var figures: [[String]: Double] = [:]
    for (split, values) in run.metrics {
      for (name, value) in values { figures[[split, name]] = value }
    }
    for (name, value) in run.deployment?.metrics ?? [:] {
      figures[name.split(separator: " ", maxSplits: 1).map(String.init)] = value
    }
    return figures
  }
}
