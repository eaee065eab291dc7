import QHostDrawing

extension FigureScope {
  /// The figures of all problems; profiles of fewer than three say nothing that their own charts do not.
  func overall(_ report: ComparisonReport) -> [Figure] {
    guard let overall = report.overall else { return [] }
    let isOne = choice != .all && report.problems.allSatisfy(\.passesAreEvaluations)
    let efforts = choice == .all ? Effort.measures : report.ownEfforts
    let reached = efforts.map { effort in
      Figure(
        name: "targets \(effort.slug)", kind: .targets,
        chart: CurveChart(
          title: "Targets reached, all problems",
          xTitle: isOne ? report.problems[0].title(of: effort) : effort.title,
          yTitle: "part of targets", xKind: .logarithmic, yKind: .linear, yDomain: 0...1,
          curves: Self.curves(
            overall.entries.map { ($0.name, looks[$0.name], $0.reached[effort]) })),
        caption: "Part of all targets of \(report.problems.count) problems that is reached.")
    }
    let profiles = report.problems.count < 3 ? [] : efforts.map { profile(overall, $0) }
    return reached + profiles + ranks(overall)
  }

  private func profile(_ overall: OverallReport, _ effort: Effort) -> Figure {
    let ends = overall.entries.compactMap { $0.profile[effort].x.last }
    return Figure(
      name: "profile \(effort.slug)", kind: .profile,
      chart: CurveChart(
        title: "Performance profile", xTitle: "\(effort.words), multiple of the least",
        yTitle: "part of problems", xKind: .logarithmic, yKind: .linear, yDomain: 0...1,
        curves: Self.curves(
          overall.entries.map { ($0.name, looks[$0.name], $0.profile[effort]) },
          end: ends.max().map { $0 * 1.5 })),
      caption:
        "Part of problems that is solved within a multiple of the least effort. A problem is "
        + "solved when \(overall.profileRule).")
  }

  private func ranks(_ overall: OverallReport) -> [Figure] {
    guard let test = overall.rankTest else { return [] }
    let entries = overall.entries.compactMap { entry in
      entry.meanRank.map { RankChart.Entry(name: entry.name, look: looks[entry.name], rank: $0) }
    }
    let chart = RankChart(
      entries: entries, criticalDifference: test.criticalDifference, groups: test.groups)
    return [
      Figure(
        name: "ranks", kind: .ranks, chart: chart,
        caption:
          "Mean ranks over \(test.problemCount) problems; bars join those that do not differ "
          + "at a level of 0.05 (Friedman's and Nemenyi's tests).")
    ]
  }

  /// Curves that rise from 0 at their first step.
  static func curves(
    _ entries: [(name: String, look: Look, curve: FractionCurve)], end: Double? = nil
  ) -> [CurveChart.Curve] {
    let last = end ?? entries.compactMap { $0.curve.x.last }.max()
    return entries.map { entry in
      let first = entry.curve.x.first.map { [$0] } ?? []
      return CurveChart.Curve(
        name: entry.name, look: entry.look, x: first + entry.curve.x,
        y: first.map { _ in 0 } + entry.curve.fraction, end: first.isEmpty ? nil : last)
    }
  }
}
