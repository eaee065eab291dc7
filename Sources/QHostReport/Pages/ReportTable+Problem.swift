import QHostDrawing
internal import QHostStatistics

extension ReportTable {
  /// How good a problem's combinations are.
  static func quality(_ problem: ProblemReport) -> ReportTable {
    let rows = problem.combinations
    let isPercent = problem.isPart
    let isMoreBetter = problem.isMoreBetter
    func number(_ value: Double) -> String {
      isPercent ? NumberText.percent(value) : NumberText.measured(value)
    }
    let isLoss = problem.metricIsBestLoss
    let metric = (problem.metricTitle ?? "metric") + (isPercent ? ", %" : "")
    var means = Column.numbers("mean \(metric)", rows) { mean($0.metric, number) }
    mark(&means, best: rows.map { $0.metric?.mean }, isMoreBetter: isMoreBetter)
    var medians = Column.numbers("median [quartiles]", rows) { spread($0.metric, number) }
    if isLoss { mark(&medians, best: rows.map { $0.metric?.median }, isMoreBetter: isMoreBetter) }
    var losses = Column.numbers("best training loss, median [quartiles]", rows) { row in
      spread(row.bestLoss) { NumberText.measured($0, 3) }
    }
    mark(&losses, best: rows.map { $0.bestLoss?.median }, isMoreBetter: false)
    let feasible: [Column] =
      rows.contains { $0.feasibleCount != nil }
      ? [.numbers("feasible", rows) { row in row.feasibleCount.map { "\($0)" } }] : []
    let columns: [Column] =
      [
        .names(rows.map(\.name)), .numbers("runs", rows, runs), .numbers("reached", rows, success),
      ] + feasible + [
        means, medians, .numbers("least to greatest", rows) { range($0.metric, number) },
      ]
    return ReportTable(
      "results", "Results",
      columns + (isLoss ? [] : [losses]) + [.words("ended by", rows, reasons)],
      note: qualityNote(
        isLoss ? problem.metric : nil, hasSuccess: rows.contains { $0.success != nil }))
  }

  private static func qualityNote(_ loss: String?, hasSuccess: Bool) -> String {
    "Quartiles are left out where they are the median. Ranges beside means"
      + (hasSuccess ? " and rates hold them" : " hold them")
      + " with 95\u{A0}% confidence (Student's distribution"
      + (hasSuccess ? "; Wilson's for rates" : "") + "). In bold the best."
      + (loss.map { " The \($0) is the best training loss." } ?? "")
  }

  /// What a problem's combinations cost: evaluations, passes and processor time beside each other.
  static func cost(_ problem: ProblemReport) -> ReportTable {
    let rows = problem.combinations
    func seconds(
      _ heading: String, _ figure: @escaping (CombinationReport) -> Distribution?
    ) -> Column {
      .numbers(heading, rows) { row in
        let unit = NumberText.unit(ofSeconds: figure(row)?.median ?? 0)
        return spread(figure(row), unit: " " + unit.name) {
          NumberText.measured($0 * unit.perSecond, 3)
        }
      }
    }
    let isOne = problem.passesAreEvaluations
    let counts: [Column] = [
      .numbers(problem.words(of: .evaluations), rows) { spread(counting: $0.evaluations) }
    ]
    let passes: [Column] = [.numbers("passes", rows) { spread(counting: $0.passes) }]
    let times: [Column] = [
      seconds("processor time", \.cpuSeconds), seconds("time", \.seconds),
      seconds("within the optimizer", \.optimizerSeconds),
      seconds("elsewhere", \.objectiveSeconds),
      .numbers("optimizer, µs per evaluation", rows) { row in
        row.optimizerMicrosecondsPerEvaluation.map { NumberText.measured($0.median, 3) }
      },
    ]
    return ReportTable(
      "effort", "Effort of a run: median [quartiles]",
      [.names(rows.map(\.name))] + counts + (isOne ? [] : passes) + times,
      note: "Evaluations are losses and gradients; "
        + (isOne
          ? "each is a pass here. "
          : "passes are of the whole training split, by modelled processor time. ")
        + "Time elsewhere is that of the objective and of the host's loop.")
  }

  /// How soon a problem's combinations get somewhere.
  static func speed(_ problem: ProblemReport, target: String?) -> ReportTable {
    let rows = problem.combinations
    let times = problem.ownEfforts.map { effort in
      Column.numbers("ERT, \(problem.words(of: effort))", rows) { row in
        row.expectedTime.map { text($0[effort], effort) }
      }
    }
    let areas = problem.ownEfforts.map { effort in
      Column.numbers("AOCC, \(problem.words(of: effort))", rows) { row in
        mean(row.anytime[effort]) { NumberText.fixed($0, 3) }
      }
    }
    let ert = target.map {
      " ERT is the expected running time to \($0) when runs that miss it are started again, with a "
        + "bootstrap interval of 95\u{A0}%. A combination with failed runs has none: what they spent is not "
        + "known."
    }
    return ReportTable(
      "way", "On the way", [.names(rows.map(\.name))] + times + areas,
      note: "AOCC is the area over the convergence curve, from 0 to 1, more is better, with the "
        + "95\u{A0}% range of its mean. Processor seconds within a run are in proportion to its seconds."
        + (ert ?? ""))
  }

  /// What a problem's models do on their target.
  static func deployment(_ problem: ProblemReport) -> ReportTable {
    let rows = problem.combinations
    let columns: [Column] = [
      .names(rows.map(\.name)),
      .numbers("accuracy there, %", rows) { spread($0.deployment?.accuracy, NumberText.percent) },
      .numbers("as on the host, %", rows) { spread($0.deployment?.agreement, NumberText.percent) },
      .numbers("bytes", rows) { spread(counting: $0.deployment?.bytes) },
      .numbers("cycles a row", rows) { spread(counting: $0.deployment?.cycles) },
    ]
    return ReportTable(
      "target", "On \(problem.target ?? "the target"): median [quartiles]", columns,
      note:
        "As on the host: rows whose class is that of the host's own model. Cells that differ in "
        + "their target alone share a training, and so all other figures.")
  }

  /// The pairs of a problem.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - baseline: the combination that all others are compared with; `nil`: each is with each.
  /// - Returns: a table, a row for each pair.
  static func pairs(_ problem: ProblemReport, baseline: String? = nil) -> ReportTable {
    let pairs = problem.pairs
    let isPercent = problem.isPart
    let columns: [Column] = [
      .words("pair", pairs) { "\($0.first) : \($0.second)" },
      .numbers("better : worse", pairs) { "\($0.betterCount) : \($0.worseCount)" },
      .numbers(isPercent ? "median difference, points" : "median difference", pairs) { pair in
        pair.medianDifference.map {
          isPercent ? NumberText.percent($0) : NumberText.measured($0, 3)
        }
      },
      .numbers("p, Wilcoxon", pairs) { $0.probability.map(NumberText.probability) },
      .numbers("p, after Holm", pairs) { $0.adjustedProbability.map(NumberText.probability) },
      .numbers("effect", pairs) { pair in pair.effect.map { NumberText.fixed($0, 2) } },
      .words("in words", pairs) { $0.reading },
    ]
    return ReportTable(
      "pairs", baseline.map { "Pairs with \($0), seed by seed" } ?? "Pairs, seed by seed", columns,
      note:
        "Of the \(problem.metricTitle ?? "compared figure")\(direction(problem)). The effect is the chance that the first is better "
        + "than the second with the same seed, ties halved: Vargha and Delaney's A of pairs. A run that "
        + "failed is worse than any other.")
  }

  /// Which values of a metric are better; of the host's own figures everybody knows.
  private static func direction(_ problem: ProblemReport) -> String {
    guard problem.hasOwnMetric else { return "" }
    return problem.isMoreBetter ? ", of which more is better" : ", of which less is better"
  }
}
