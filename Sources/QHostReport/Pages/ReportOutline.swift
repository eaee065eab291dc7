import QHostDrawing
internal import QHostComparing
internal import QHostRuntime

/// What all pages of a report have in common: titles, sentences and tables, in order.
struct ReportOutline {
  /// A part of a report.
  struct Section {
    var title: String
    var tables: [ReportTable]
    /// What stands below them.
    var sentences: [String] = []
    /// Whether it is of results, not of where they are from.
    var isOfFigures = true
  }

  private let report: ComparisonReport

  init(_ report: ComparisonReport) { self.report = report }

  /// What the report is called: which optimizers on which datasets.
  var title: String { ReportTitle(report).text }

  /// How much was compared, in a sentence.
  var summary: String {
    let extent = report.extent
    let failed = extent.failed > 0 ? ", \(extent.failed) failed" : ""
    let missing = extent.missing > 0 ? ", \(extent.missing) to come" : ""
    let seeds = report.plan.seeds.count
    return "\(extent.finished) of \(extent.cells) runs\(failed)\(missing); "
      + "\(seeds) seed\(seeds == 1 ? "" : "s"). Each run ends at \(report.budget)."
  }

  /// The parts, in order.
  var sections: [Section] {
    var sections: [Section] = []
    if report.overall != nil {
      sections.append(
        Section(title: "All problems", tables: [.overview(report)], sentences: rankSentences))
    }
    sections += report.problems.map { problem in
      Section(
        title: problem.title, tables: tables(of: problem),
        sentences: report.budget(of: problem).map { ["Each run ends at its \($0)."] } ?? [])
    }
    sections += [
      Section(title: "Failed runs", tables: [.failures(report)], isOfFigures: false),
      Section(title: "Skipped combinations", tables: [.skipped(report)], isOfFigures: false),
    ].filter { $0.tables.contains { !$0.rows.isEmpty } }
    sections.append(
      Section(title: "Provenance", tables: [.provenance(report)], isOfFigures: false))
    return sections
  }

  /// The tables of a problem.
  func tables(of problem: ProblemReport) -> [ReportTable] {
    let tables: [ReportTable] = [
      .quality(problem), .cost(problem), .speed(problem, target: problem.targetWords),
    ]
    return tables + (problem.target == nil ? [] : [.deployment(problem)])
      + (problem.pairs.isEmpty ? [] : [.pairs(problem, baseline: report.baseline)])
  }

  /// What is said of ranks over problems.
  var rankSentences: [String] {
    guard let overall = report.overall else { return [] }
    guard let test = overall.rankTest else {
      return overall.rankRefusal.map { ["No diagram of critical differences: \($0)."] } ?? []
    }
    let ranks = overall.entries.compactMap { entry in
      entry.meanRank.map { "\(entry.name) \(NumberText.fixed($0, 2))" }
    }
    let others = test.leftOut.count
    let rest =
      others == 0 ? "" : " (\(others) more \(others == 1 ? "is" : "are") not of all optimizers)"
    return [
      "Mean ranks over \(test.problemCount) problems\(rest) by the median over seeds: \(ranks.joined(separator: ", ")). Friedman's test: p "
        + "\(NumberText.relation(test.probability)); ranks differ when they are "
        + "\(NumberText.fixed(test.criticalDifference, 2)) apart (Nemenyi, 0.05)."
    ]
  }
}
