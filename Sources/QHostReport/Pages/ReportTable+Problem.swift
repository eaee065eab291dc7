internal import QHostStatistics

extension ReportTable {
  /// How good a problem's combinations are.
  static func quality(_ problem: ProblemReport) -> ReportTable {
    let rows = problem.combinations
    let isPercent = problem.isMoreBetter
    func number(_ value: Double) -> String {
      isPercent ? NumberText.percent(value) : NumberText.short(value)
    }
    let metric = (problem.metric ?? "metric") + (isPercent ? ", %" : "")
    var means = Column.numbers("mean \(metric)", rows) { mean($0.metric, number) }
    mark(&means, best: rows.map { $0.metric?.mean }, isMoreBetter: isPercent)
    var losses = Column.numbers("best training loss, median [quartiles]", rows) { row in
      spread(row.bestLoss) { NumberText.short($0, 3) }
    }
    mark(&losses, best: rows.map { $0.bestLoss?.median }, isMoreBetter: false)
    let columns: [Column] = [
      names(rows), .numbers("runs", rows, runs), .numbers("reached", rows, success), means,
      .numbers("median [quartiles]", rows) { spread($0.metric, number) },
      .numbers("least", rows) { row in row.metric.map { number($0.minimum) } },
      .numbers("greatest", rows) { row in row.metric.map { number($0.maximum) } }, losses,
      .words("ended by", rows, reasons),
    ]
    return ReportTable(
      "Results", columns,
      note:
        "Quartiles are left out where they are the median. Ranges beside means and rates hold them with 95\u{A0}% confidence (Student's distribution; "
        + "Wilson's for rates). In bold the best.")
  }

  /// What a problem's combinations cost.
  static func cost(_ problem: ProblemReport) -> ReportTable {
    let rows = problem.combinations
    func seconds(
      _ heading: String, _ figure: @escaping (CombinationReport) -> Distribution?
    ) -> Column {
      .numbers(heading, rows) { row in
        let unit = NumberText.unit(ofSeconds: figure(row)?.median ?? 0)
        return spread(figure(row), unit: " " + unit.name) {
          NumberText.short($0 * unit.perSecond, 3)
        }
      }
    }
    let columns: [Column] = [
      names(rows),
      .numbers("evaluations", rows) { spread($0.evaluations, NumberText.count) },
      .numbers("passes", rows) { spread($0.passes, NumberText.count) },
      seconds("time", \.seconds), seconds("processor time", \.cpuSeconds),
      seconds("within the optimizer", \.optimizerSeconds),
      seconds("elsewhere", \.objectiveSeconds),
      .numbers("optimizer, µs per evaluation", rows) { row in
        row.optimizerMicrosecondsPerEvaluation.map { NumberText.short($0.median, 3) }
      },
    ]
    return ReportTable(
      "Effort of a run: median [quartiles]", columns,
      note: "Evaluations are losses and gradients; passes are of the whole training split, by "
        + "multiply-adds. Time elsewhere is that of the objective and of the host's loop.")
  }

  /// How soon a problem's combinations get somewhere.
  static func speed(_ problem: ProblemReport, target: String?) -> ReportTable {
    let rows = problem.combinations
    let times = Effort.shown.map { effort in
      Column.numbers("ERT, \(effort.words)", rows) { row in
        row.expectedTime.map { text($0[effort], effort) }
      }
    }
    let areas = Effort.shown.map { effort in
      Column.numbers("AOCC, \(effort.words)", rows) { row in
        mean(row.anytime[effort]) { NumberText.fixed($0, 3) }
      }
    }
    let ert = target.map {
      " ERT is the expected running time to \($0) when runs that miss it are begun anew, with a "
        + "bootstrap interval of 95\u{A0}%. A combination with failed runs has none: what they spent is not "
        + "known."
    }
    return ReportTable(
      "On the way", [names(rows)] + times + areas,
      note: "AOCC is the area over the convergence curve, from 0 to 1, more is better, with the "
        + "95\u{A0}% range of its mean. Processor seconds within a run are in proportion to its seconds."
        + (ert ?? ""))
  }

  /// What a problem's models do on their target.
  static func deployment(_ problem: ProblemReport) -> ReportTable {
    let rows = problem.combinations
    let columns: [Column] = [
      names(rows),
      .numbers("accuracy there, %", rows) { spread($0.deployment?.accuracy, NumberText.percent) },
      .numbers("as on the host, %", rows) { spread($0.deployment?.agreement, NumberText.percent) },
      .numbers("bytes", rows) { spread($0.deployment?.bytes, NumberText.count) },
      .numbers("cycles a row", rows) { spread($0.deployment?.cycles, NumberText.count) },
    ]
    return ReportTable(
      "On \(problem.target ?? "the target"): median [quartiles]", columns,
      note:
        "As on the host: rows whose class is that of the host's own model. Cells that differ in "
        + "their target alone share a training, and so all other figures.")
  }

  /// The pairs of a problem.
  static func pairs(_ problem: ProblemReport) -> ReportTable {
    let pairs = problem.pairs
    let isPercent = problem.isMoreBetter
    let columns: [Column] = [
      .words("pair", pairs) { "\($0.first) : \($0.second)" },
      .numbers("better : worse", pairs) { "\($0.betterCount) : \($0.worseCount)" },
      .numbers(isPercent ? "median difference, points" : "median difference", pairs) { pair in
        pair.medianDifference.map {
          isPercent ? NumberText.percent($0) : NumberText.short($0, 3)
        }
      },
      .numbers("p, Wilcoxon", pairs) { $0.probability.map(NumberText.probability) },
      .numbers("p, after Holm", pairs) { $0.adjustedProbability.map(NumberText.probability) },
      .numbers("effect", pairs) { pair in pair.effect.map { NumberText.fixed($0, 2) } },
      .words("in words", pairs) { $0.reading },
    ]
    return ReportTable(
      "Pairs, seed by seed", columns,
      note:
        "Of the \(problem.metric ?? "compared figure"). The effect is the chance that the first is better "
        + "than the second with the same seed, ties halved: Vargha and Delaney's A of pairs. A run that "
        + "failed is worse than any other.")
  }
}

extension ReportTable {
  private static func names(_ rows: [CombinationReport]) -> Column {
    Column(
      heading: "optimizer", isText: true, cells: rows.map { Cell($0.name, series: $0.series) })
  }

  /// Marks the best of a column, if there is something to be better than.
  private static func mark(_ column: inout Column, best values: [Double?], isMoreBetter: Bool) {
    let present = values.compactMap(\.self)
    guard present.count > 1, let best = isMoreBetter ? present.max() : present.min() else { return }
    for (place, value) in values.enumerated() where value == best {
      column.cells[place].isBest = true
    }
  }

  private static func runs(_ row: CombinationReport) -> String? {
    var text = "\(row.runCount)"
    if row.failureCount > 0 { text += " + \(row.failureCount) failed" }
    if row.missingCount > 0 { text += " + \(row.missingCount) to come" }
    return text
  }

  private static func success(_ row: CombinationReport) -> String? {
    row.success.map { success in
      let (low, high) = (success.interval.lower, success.interval.upper)
      return "\(success.count) of \(success.outOf), \(NumberText.percent(success.rate)) % "
        + "[\(NumberText.percent(low)), \(NumberText.percent(high))]"
    }
  }

  private static func mean(_ figure: Distribution?, _ number: (Double) -> String) -> String? {
    figure.map { figure in
      let range = figure.meanInterval.map { " [\(number($0.lower)), \(number($0.upper))]" } ?? ""
      return number(figure.mean) + range
    }
  }

  private static func spread(
    _ figure: Distribution?, unit: String = "", _ number: (Double) -> String
  ) -> String? {
    figure.map { figure in
      let (low, high) = (number(figure.lowerQuartile), number(figure.upperQuartile))
      let median = number(figure.median)
      return median + unit + (low == median && high == median ? "" : " [\(low), \(high)]")
    }
  }

  private static func text(_ time: CombinationReport.ExpectedTime, _ effort: Effort) -> String {
    guard let mean = time.value else { return "none: \(time.absence ?? "no runs")" }
    let (unit, perSecond) = NumberText.unit(ofSeconds: mean)
    func number(_ value: Double) -> String {
      effort.isTime ? NumberText.short(value * perSecond, 3) : NumberText.count(value)
    }
    guard mean.isFinite, let interval = time.interval else { return number(mean) }
    return number(mean) + (effort.isTime ? " \(unit)" : "")
      + " [\(number(interval.lower)), \(number(interval.upper))]"
  }

  private static func reasons(_ row: CombinationReport) -> String? {
    let words = [
      "budgetSpent": "budget", "targetReached": "target", "toleranceReached": "tolerance",
      "stalled": "no way forward", "scheduleEnded": "schedule", "cancelled": "interruption",
    ]
    let sorted = row.stopReasons.sorted { one, other in
      one.value == other.value ? one.key < other.key : one.value > other.value
    }
    let parts = sorted.map { "\(words[$0.key] ?? $0.key) \($0.value)" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
