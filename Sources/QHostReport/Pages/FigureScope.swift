import QHostDrawing
internal import QHostStatistics
internal import QHostRuntime

/// What the figures of a report have in common, and how they are made.
struct FigureScope {
  /// Which of the figures are made.
  enum Choice {
    /// All, so that their names do not depend on what was found.
    case all
    /// Those of a page, where nothing is shown twice.
    case page
    /// Those of a page with many problems.
    case briefPage
  }

  let looks: Looks
  let choice: Choice
  /// The combination that others are compared with, if there is one.
  private let baseline: String?
  /// When runs ended, in a sentence.
  private let budget: String

  init(_ report: ComparisonReport, _ looks: Looks, _ choice: Choice) {
    self.looks = looks
    self.choice = choice
    baseline = report.baseline
    budget = "Each run ends at \(report.budget)."
  }

  /// What the axis of a measure is called on a problem.
  func title(of effort: Effort, on problem: ProblemReport) -> String {
    choice == .all ? effort.title : problem.title(of: effort)
  }

  /// The figures of a problem, named by what they show.
  func figures(of problem: ProblemReport) -> [Figure] {
    guard problem.combinations.contains(where: { $0.runCount > 0 }) else { return [] }
    let own = problem.ownEfforts
    let efforts =
      switch choice {
      case .all: Effort.measures
      case .page: own
      case .briefPage: [own.contains(.passes) ? Effort.passes : .evaluations]
      }
    return convergence(problem, efforts) + reached(problem, efforts)
      + boxes(problem).prefix(choice == .briefPage ? 1 : 4)
  }

  private func convergence(_ problem: ProblemReport, _ efforts: [Effort]) -> [Figure] {
    let bands = problem.ownEfforts.flatMap { effort in
      problem.combinations.compactMap { $0.convergence[effort] }
    }
    let kind: Scale.Kind = (problem.lossScale?.isLogarithmic ?? false) ? .logarithmic : .linear
    let domain = Scale.domain(of: bands.flatMap { $0.lower + $0.median + $0.upper }, kind)
    return efforts.map { effort in
      let chart = CurveChart(
        title: "Best training loss", xTitle: title(of: effort, on: problem),
        yTitle: problem.loss ?? "loss", xKind: .logarithmic, yKind: kind, yDomain: domain,
        curves: problem.combinations.compactMap { row in
          row.convergence[effort].map { band in
            CurveChart.Curve(
              name: row.name, look: looks[row.name], x: band.effort, y: band.median,
              low: band.lower, high: band.upper)
          }
        })
      return Figure(
        name: "convergence \(effort.slug)", kind: .convergence, chart: chart,
        caption: "Best training loss so far on \(problem.title): the median over "
          + "\(runs(problem)), in a band from the lower to the upper quartile. \(budget)")
    }
  }

  private func reached(_ problem: ProblemReport, _ efforts: [Effort]) -> [Figure] {
    guard !problem.targets.isEmpty else { return [] }
    return efforts.map { effort in
      let chart = CurveChart(
        title: "Targets reached", xTitle: title(of: effort, on: problem), yTitle: "part of targets",
        xKind: .logarithmic, yKind: .linear, yDomain: 0...1,
        curves: Self.curves(
          problem.combinations.map { ($0.name, looks[$0.name], $0.reached[effort]) },
          end: problem.horizon[effort]))
      return Figure(
        name: "targets \(effort.slug)", kind: .targets, chart: chart,
        caption:
          "Part of all pairs of a run and a target that is reached on \(problem.title), over "
          + "\(runs(problem)). Targets are \(problem.targets.count) losses at equal steps from the "
          + "worst first to the best loss of all runs. \(budget)")
    }
  }

  private func boxes(_ problem: ProblemReport) -> [Figure] {
    let isLogarithmic = problem.lossScale?.isLogarithmic ?? false
    var charts: [(name: String, chart: BoxChart)] = []
    if let metric = problem.metric {
      let isLoss = choice != .all && problem.metricIsBestLoss
      charts.append(
        (
          metric,
          BoxChart(
            title: "Every run: \(metric)",
            xTitle: isLoss
              ? "\(metric), which is the best training loss" : problem.metricTitle ?? metric,
            kind: problem.metricIsBestLoss && isLogarithmic ? .logarithmic : .linear,
            isPercent: problem.isPart,
            rows: rows(problem, \.metric, isPercent: problem.isPart) { $0.metric })
        ))
    }
    if choice == .all || !problem.metricIsBestLoss {
      charts.append(
        (
          "best training loss",
          BoxChart(
            title: "Every run: best training loss", xTitle: problem.loss ?? "loss",
            kind: isLogarithmic ? .logarithmic : .linear,
            rows: rows(problem, \.bestLoss) { $0.bestLoss })
        ))
    }
    if let chart = differences(problem) { charts.append(("difference from baseline", chart)) }
    if problem.lossScale != nil {
      charts.append(
        (
          "aocc",
          BoxChart(
            title: "Every run: AOCC against passes", xTitle: "area over the convergence curve",
            kind: .linear, rows: rows(problem, \.anytime) { $0.anytime.passes })
        ))
    }
    return charts.map { name, chart in
      Figure(
        name: "runs \(name)", kind: .runs, chart: chart,
        caption: "\(chart.title) on \(problem.title): quartiles and median, and a point for each "
          + "of \(runs(problem)). \(budget)")
    }
  }

  /// How far runs are from those of the reference with the same seed.
  private func differences(_ problem: ProblemReport) -> BoxChart? {
    guard let baseline, let metric = problem.metric,
      let reference = problem.combinations.first(where: { $0.name == baseline })
    else { return nil }
    let known = Dictionary(
      reference.runs.compactMap { run in run.metric.map { (run.seed, $0) } },
      uniquingKeysWith: { first, _ in first })
    let rows = problem.combinations.filter { $0.name != baseline }.map { row in
      let points = row.runs.compactMap { run -> (label: String, value: Double)? in
        guard let own = run.metric, let other = known[run.seed], (own - other).isFinite else {
          return nil
        }
        return ("seed \(run.seed): \(NumberText.measured(own - other))", own - other)
      }
      let sample = Sample(points.map(\.value))
      return BoxChart.Row(
        name: row.name, look: looks[row.name], points: points,
        quartiles: sample.map { ($0.quartiles.lower, $0.median, $0.quartiles.upper) })
    }
    guard rows.contains(where: { !$0.points.isEmpty }) else { return nil }
    return BoxChart(
      title: "Every run: difference from \(baseline)",
      xTitle:
        "\(metric) less that of \(baseline), \(problem.isMoreBetter ? "more" : "less") is better",
      kind: .linear, rows: rows)
  }

  private func rows(
    _ problem: ProblemReport, _ value: KeyPath<CombinationReport.Run, Double?>,
    isPercent: Bool = false, _ figure: (CombinationReport) -> Distribution?
  ) -> [BoxChart.Row] {
    problem.combinations.map { row in
      BoxChart.Row(
        name: row.name, look: looks[row.name],
        points: row.runs.compactMap { run in
          run[keyPath: value].map { value in
            let text = isPercent ? NumberText.percent(value) + " %" : NumberText.measured(value)
            return ("seed \(run.seed): \(text)", value)
          }
        },
        quartiles: figure(row).map { ($0.lowerQuartile, $0.median, $0.upperQuartile) })
    }
  }

  private func runs(_ problem: ProblemReport) -> String {
    let counts = problem.combinations.map(\.runCount)
    let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
    return (least == most ? "\(most)" : "\(least) to \(most)") + " run\(most == 1 ? "" : "s")"
  }
}
