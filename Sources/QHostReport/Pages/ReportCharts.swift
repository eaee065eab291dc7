/// The charts of a report, as SVG elements.
enum ReportCharts {
  /// With more problems than this a problem has fewer charts, so that a page stays small.
  static let problemLimit = 20

  /// The charts of a problem: convergence, targets reached, and boxes.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - isBrief: whether they are shown against passes only, and the compared figure alone in boxes.
  /// - Returns: SVG elements.
  static func problem(_ problem: ProblemReport, isBrief: Bool) -> [String] {
    let efforts = isBrief ? [.passes] : Effort.shown
    return convergence(problem, efforts) + reached(problem, efforts)
      + boxes(problem).prefix(isBrief ? 1 : 3)
  }

  /// The charts of all problems; profiles of fewer than three say nothing that their own charts do not.
  static func overall(_ overall: OverallReport, problemCount: Int) -> [String] {
    let reached = Effort.shown.map { effort in
      CurveChart(
        title: "Targets reached, all problems", xTitle: effort.title, yTitle: "part of targets",
        xKind: .logarithmic, yKind: .linear, yDomain: 0...1,
        curves: curves(overall.entries.map { ($0.name, $0.series, $0.reached[effort]) })
      ).svg
    }
    let profiles =
      problemCount < 3
      ? []
      : Effort.shown.map { effort in
        CurveChart(
          title: "Performance profile", xTitle: "\(effort.words), multiple of the least",
          yTitle: "part of problems", xKind: .logarithmic, yKind: .linear, yDomain: 0...1,
          curves: curves(
            overall.entries.map { ($0.name, $0.series, $0.profile[effort]) },
            end: overall.entries.compactMap { $0.profile[effort].x.last }.max().map { $0 * 1.5 })
        ).svg
      }
    guard let test = overall.rankTest else { return reached + profiles }
    let entries = overall.entries.compactMap { entry in
      entry.meanRank.map { RankChart.Entry(name: entry.name, series: entry.series, rank: $0) }
    }
    return reached + profiles
      + [
        RankChart(
          entries: entries, criticalDifference: test.criticalDifference, groups: test.groups
        ).svg
      ]
  }

  private static func convergence(_ problem: ProblemReport, _ efforts: [Effort]) -> [String] {
    let bands = Effort.shown.flatMap { effort in
      problem.combinations.compactMap { $0.convergence[effort] }
    }
    let kind: Scale.Kind = (problem.lossScale?.isLogarithmic ?? false) ? .logarithmic : .linear
    let domain = CurveChart.domain(bands.flatMap { $0.lower + $0.median + $0.upper }, kind)
    return efforts.map { effort in
      CurveChart(
        title: "Best training loss", xTitle: effort.title, yTitle: problem.loss ?? "loss",
        xKind: .logarithmic, yKind: kind, yDomain: domain,
        curves: problem.combinations.compactMap { row in
          row.convergence[effort].map { band in
            CurveChart.Curve(
              name: row.name, series: row.series, x: band.effort, y: band.median, low: band.lower,
              high: band.upper)
          }
        }
      ).svg
    }
  }

  private static func reached(_ problem: ProblemReport, _ efforts: [Effort]) -> [String] {
    guard !problem.targets.isEmpty else { return [] }
    return efforts.map { effort in
      CurveChart(
        title: "Targets reached", xTitle: effort.title, yTitle: "part of targets",
        xKind: .logarithmic, yKind: .linear, yDomain: 0...1,
        curves: curves(
          problem.combinations.map { ($0.name, $0.series, $0.reached[effort]) },
          end: problem.horizon[effort])
      ).svg
    }
  }

  private static func boxes(_ problem: ProblemReport) -> [String] {
    let isLogarithmic = problem.lossScale?.isLogarithmic ?? false
    var charts: [BoxChart] = []
    if let metric = problem.metric {
      charts.append(
        BoxChart(
          title: "Every run: \(metric)", xTitle: metric, kind: .linear,
          isPercent: problem.isMoreBetter,
          rows: rows(problem, \.metric, isPercent: problem.isMoreBetter) { $0.metric }))
    }
    charts.append(
      BoxChart(
        title: "Every run: best training loss", xTitle: problem.loss ?? "loss",
        kind: isLogarithmic ? .logarithmic : .linear,
        rows: rows(problem, \.bestLoss) { $0.bestLoss }))
    if problem.lossScale != nil {
      charts.append(
        BoxChart(
          title: "Every run: AOCC against passes", xTitle: "area over the convergence curve",
          kind: .linear, rows: rows(problem, \.anytime) { $0.anytime.passes }))
    }
    return charts.map(\.svg)
  }

  private static func rows(
    _ problem: ProblemReport, _ value: KeyPath<CombinationReport.Run, Double?>,
    isPercent: Bool = false, _ figure: (CombinationReport) -> Distribution?
  ) -> [BoxChart.Row] {
    problem.combinations.map { row in
      BoxChart.Row(
        name: row.name, series: row.series,
        points: row.runs.compactMap { run in
          run[keyPath: value].map { value in
            let text = isPercent ? NumberText.percent(value) + " %" : NumberText.short(value)
            return ("seed \(run.seed): \(text)", value)
          }
        },
        quartiles: figure(row).map { ($0.lowerQuartile, $0.median, $0.upperQuartile) })
    }
  }

  /// Curves that rise from 0 at their first step.
  private static func curves(
    _ entries: [(name: String, series: Int, curve: FractionCurve)], end: Double? = nil
  ) -> [CurveChart.Curve] {
    let last = end ?? entries.compactMap { $0.curve.x.last }.max()
    return entries.map { entry in
      let first = entry.curve.x.first.map { [$0] } ?? []
      return CurveChart.Curve(
        name: entry.name, series: entry.series, x: first + entry.curve.x,
        y: first.map { _ in 0 } + entry.curve.fraction, end: first.isEmpty ? nil : last)
    }
  }
}
