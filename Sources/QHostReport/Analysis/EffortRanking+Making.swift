internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

extension EffortRanking {
  /// Ranks the combinations of a problem; `nil` when fewer than two have a figure.
  ///
  /// - Parameters:
  ///   - runs: the runs of the problem.
  ///   - combinations: their reports.
  ///   - hasTarget: whether the plan sets a target; expected times are ranked where two or more
  ///     combinations have reached it.
  init?(_ runs: ProblemRuns, _ combinations: [CombinationReport], hasTarget: Bool) {
    // What others' runs took is not known.
    let combinations = combinations.filter { !$0.isImported }
    let times = combinations.filter { ($0.expectedTime?.evaluations.value ?? .infinity).isFinite }
    let isTime = hasTarget && times.count > 1
    figure = isTime ? .expectedTime : .bestLoss
    let ranked = combinations.filter { row in
      isTime ? row.expectedTime?.evaluations.value != nil : row.runCount > 0
    }
    guard ranked.count > 1 else { return nil }
    let traces = ranked.map { runs.traces[$0.labels] ?? [] }
    let spent = PerEffort { isTime ? nil : Self.commonEffort(traces, $0) }
    let values = PerEffort { effort in
      zip(ranked, traces).map { row, traces in
        guard let place = spent[effort] else {
          return row.expectedTime?[effort].value ?? .infinity
        }
        let failed = [Double](repeating: .infinity, count: row.failureCount)
        let losses = traces.map { $0.curves[effort].value(at: place) }
        return Sample(losses + failed)?.median ?? .infinity
      }
    }
    orders = PerEffort { effort in
      let order = ranked.indices.sorted {
        (values[effort][$0], $0) < (values[effort][$1], $1)
      }
      return Order(
        spent: spent[effort], names: order.map { ranked[$0].name },
        values: order.map { values[effort][$0] })
    }
    changes = Self.changes(ranked.map(\.name), values)
  }

  /// The least of what the combinations have spent that the budget ended, by their medians; what was
  /// spent at most when it ended none.
  private static func commonEffort(_ traces: [[RunTrace]], _ effort: Effort) -> Double {
    let ends: Set<StopReason> = [.budgetSpent, .cancelled]
    let medians = traces.compactMap { runs in
      Sample(
        runs.filter { ends.contains($0.result.run.stopReason) }.map { $0.spent[effort] })?.median
    }
    return medians.min() ?? traces.joined().map { $0.spent[effort] }.max() ?? 0
  }

  private static func changes(_ names: [String], _ values: PerEffort<[Double]>) -> [Change] {
    let ranks = PerEffort { effort in
      values[effort].map { value in values[effort].count { $0 < value } }
    }
    var changes: [(distance: Int, change: Change)] = []
    for first in names.indices {
      for second in names.indices.dropFirst(first + 1) {
        let before = Effort.shown.filter { values[$0][first] < values[$0][second] }
        let behind = Effort.shown.filter { values[$0][first] > values[$0][second] }
        guard !before.isEmpty, !behind.isEmpty else { continue }
        let steps = Effort.shown.map { ranks[$0][second] - ranks[$0][first] }
        let change = Change(
          first: names[first], second: names[second], before: before, behind: behind)
        changes.append(((steps.max() ?? 0) - (steps.min() ?? 0), change))
      }
    }
    // Sorting is stable, so that those that move as far stand in the plan's order.
    return changes.sorted { $0.distance > $1.distance }.map(\.change)
  }
}
