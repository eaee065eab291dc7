internal import QHostComparing
internal import QHostInterfaces
internal import QHostRuntime

/// A journal with what queries call it.
struct QueriedJournal {
  let name: String
  let contents: JournalContents

  /// Its cells that have ended, in order.
  var entries: [(cell: Int, entry: JournalContents.Entry)] {
    contents.entries.sorted { $0.key < $1.key }.map { (cell: $0.key, entry: $0.value) }
  }

  /// The runs that have a result, in order.
  var results: [CellResult] {
    entries.compactMap { if case .finished(let result) = $0.entry { result } else { nil } }
  }
}

extension TableContents {
  private static func head(
    _ journal: String, _ cell: Int, _ labels: CellLabels, _ seed: UInt64
  ) -> [QueryValue] {
    [
      .text(journal), .integer(Int64(cell)), .text(labels.dataset), .text(labels.model),
      .text(labels.optimizer), .integer(Int64(bitPattern: seed)),
    ]
  }

  /// The table of rows that are whole.
  private init(rows: [[QueryValue]], width: Int, _ places: RowPlaces) {
    columns = (0..<width).map { column in .values(rows.map { $0[column] }) }
    rowCount = rows.count
    ranges = places.ranges
  }

  /// ``TableLayout/cells``.
  static func cells(_ journals: [QueriedJournal]) -> TableContents {
    var places = RowPlaces()
    var rows: [[QueryValue]] = []
    for journal in journals {
      let metric = journal.contents.header.plan.metric
      for (cell, entry) in journal.entries {
        places.append(1, ofCell: cell)
        switch entry {
        case .finished(let result):
          rows.append(
            head(journal.name, cell, result.labels, result.seed) + labels(result.labels)
              + figures(result, metric))
        case .failed(let failure):
          let known: [QueryValue] = [
            .text("failed"), .text(failure.kind), .text(failure.message),
          ]
          rows.append(
            head(journal.name, cell, failure.labels, failure.seed) + labels(failure.labels) + known
              + Array(repeating: .null, count: 14))
        }
      }
    }
    return TableContents(rows: rows, width: TableLayout.cells.columns.count, places)
  }

  private static func labels(_ labels: CellLabels) -> [QueryValue] {
    let dependencies = try? JSONText.of(NamedTexts(texts: labels.dependencies))
    return [
      QueryValue(labels.target), QueryValue(labels["optimizer.solver"]),
      .text(dependencies ?? "{}"),
    ]
  }

  private static func figures(_ result: CellResult, _ metric: String?) -> [QueryValue] {
    let run = result.run
    let figure = run.comparedFigure(by: metric)
    return [
      .text(run.stopReason.rawValue), .null, .null, .text(run.loss),
      QueryValue(result.improvements.bestLoss.last), QueryValue(figure?.name),
      QueryValue(figure?.value), QueryValue(run.isFeasible.map { $0 ? 1 : 0 }),
      QueryValue(run.cost.lossEvaluations), QueryValue(run.cost.gradientEvaluations),
      .real(result.trainingPasses), .real(run.cost.seconds), .real(run.cost.cpuSeconds),
      .real(run.cost.optimizerSeconds), QueryValue(run.cost.peakBytes),
      QueryValue(run.model.parameterCount), .text(result.startHash),
    ]
  }

  /// ``TableLayout/improvements``.
  static func improvements(_ journals: [QueriedJournal]) -> TableContents {
    var places = RowPlaces()
    var heads: [[QueryValue]] = []
    var runs: [Int32] = []
    var (steps, evaluations): ([Int], [Int]) = ([], [])
    var (passes, seconds, losses): ([Double], [Double], [Double]) = ([], [], [])
    for journal in journals {
      for result in journal.results {
        let list = result.improvements
        places.append(list.bestLoss.count, ofCell: result.cell)
        runs += repeatElement(Int32(heads.count), count: list.bestLoss.count)
        heads.append(head(journal.name, result.cell, result.labels, result.seed))
        steps += list.bestLoss.indices.map { $0 + 1 }
        evaluations += list.evaluations
        passes += list.forwardEquivalents
        seconds += list.seconds
        losses += list.bestLoss
      }
    }
    var contents = TableContents()
    contents.columns = (0..<6).map { column in
      .ofRuns(heads.map { $0[column] }, runs: runs)
    }
    contents.columns += [
      .integers(steps), .integers(evaluations), .reals(passes), .reals(seconds), .reals(losses),
    ]
    contents.rowCount = places.rowCount
    contents.ranges = places.ranges
    return contents
  }

  /// ``TableLayout/metrics``.
  static func metrics(_ journals: [QueriedJournal]) -> TableContents {
    var places = RowPlaces()
    var rows: [[QueryValue]] = []
    for journal in journals {
      for result in journal.results {
        let own = figures(of: result.run)
        places.append(own.count, ofCell: result.cell)
        let head = head(journal.name, result.cell, result.labels, result.seed)
        rows += own.map { head + $0 }
      }
    }
    return TableContents(rows: rows, width: TableLayout.metrics.columns.count, places)
  }

  private static func figures(of run: RunRecord) -> [[QueryValue]] {
    var rows: [[QueryValue]] = []
    for (split, figures) in run.metrics.sorted(by: { $0.key < $1.key }) {
      for (name, value) in figures.sorted(by: { $0.key < $1.key }) {
        let facts = run.facts(of: name)
        rows.append([
          .text(split), .text(name), .real(value), QueryValue(run.errors?[split]?[name]),
          QueryValue(facts.unit), .text(facts.direction.rawValue),
        ])
      }
    }
    for (name, value) in (run.deployment?.metrics ?? [:]).sorted(by: { $0.key < $1.key }) {
      let short = name.hasPrefix("target ") ? String(name.dropFirst(7)) : name
      rows.append([.text("target"), .text(short), .real(value), .null, .null, .null])
    }
    return rows
  }
}

/// Texts by names that are written as they are, dots and all.
private struct NamedTexts: Encodable {
  let texts: [String: String]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(texts)
  }
}
