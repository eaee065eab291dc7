/// All figures of a report.
struct ReportFigures {
  /// With more problems than this a page shows each against one measure of effort only, so that it stays small.
  static let problemLimit = 20

  /// Those of all problems together.
  let overall: [Figure]
  /// Those of each problem.
  let problems: [[Figure]]

  /// Makes the figures of a report.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - looks: how its combinations are drawn.
  ///   - choice: which of them.
  init(_ report: ComparisonReport, _ looks: Looks, _ choice: FigureScope.Choice) {
    var names = StableNames()
    func named(_ figures: [Figure], _ subject: String) -> [Figure] {
      figures.map { figure in
        var figure = figure
        figure.name = names.make(subject, figure.name)
        return figure
      }
    }
    let scope = FigureScope(report, looks, choice)
    overall = named(scope.overall(report), "all problems")
    problems = report.problems.map { named(scope.figures(of: $0), $0.title) }
  }

  /// All of them, in the order of the page.
  var all: [Figure] { overall + problems.joined() }
}
