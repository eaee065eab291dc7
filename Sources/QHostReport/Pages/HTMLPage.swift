/// A report as one page: no scripts, nothing that is fetched.
public struct HTMLPage {
  private let report: ComparisonReport
  private let outline: ReportOutline
  private let reloadSeconds: Int?

  /// Takes a report.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - reloadSeconds: after how long a browser loads the page again; `nil`: never.
  public init(_ report: ComparisonReport, reloadSeconds: Int? = nil) {
    self.report = report
    outline = ReportOutline(report)
    self.reloadSeconds = reloadSeconds
  }

  /// The page.
  public var text: String {
    let parts =
      [head, "<header><h1>\(Markup.escaped(outline.title))</h1>", summary, "</header>", warnings]
      + [contents, overall] + problems + [rest, Self.explanation, "</body></html>\n"]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var head: String {
    let reload = reloadSeconds.map { "<meta http-equiv=\"refresh\" content=\"\($0)\"/>" } ?? ""
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
      + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\(reload)"
      + "<title>\(Markup.escaped(outline.title))</title>\n<style>\(StyleSheet.text)</style>"
      + "</head><body>"
  }

  private var summary: String {
    let state =
      reloadSeconds == nil
      ? "" : " <b>The comparison is running; this page loads itself again.</b>"
    return "<p class=\"mut\">\(Markup.escaped(outline.summary))\(state)</p>"
  }

  private var warnings: String {
    guard !report.warnings.isEmpty else { return "" }
    let items = report.warnings.map { "<li>\(Markup.escaped($0.text)).</li>" }
    return
      "<aside class=\"warn\"><b>Before you read the figures</b><ul>\(items.joined())</ul></aside>"
  }

  private var contents: String {
    guard report.problems.count > 1 else { return "" }
    let links = report.problems.enumerated().map { place, problem in
      "<a href=\"#problem-\(place + 1)\">\(Markup.escaped(problem.title))</a>"
    }
    return "<nav>\(links.joined())<a href=\"#provenance\">Provenance</a></nav>"
  }

  private var overall: String {
    guard let overall = report.overall else { return "" }
    let rule = Markup.escaped(overall.profileRule)
    let charts = ReportCharts.overall(overall, problemCount: report.problems.count)
    let sentences = outline.rankSentences.map { "<p>\(Markup.escaped($0))</p>" }
    return "<section id=\"all\"><h2>All problems</h2>"
      + Self.legend(overall.entries.map { ($0.name, $0.series) })
      + Self.html(.overview(report))
      + "<div class=\"grid\">\(charts.joined())</div>"
      + "<p class=\"note\">In a profile a problem is solved when \(rule).</p>"
      + (isBrief ? Self.brevity : "") + sentences.joined() + "</section>"
  }

  private var isBrief: Bool { report.problems.count > ReportCharts.problemLimit }

  private var problems: [String] {
    report.problems.enumerated().map { place, problem in
      let tables = ReportOutline.tables(problem, target: problem.targetWords)
      let facts = [
        problem.parameterCount.map { "\($0) parameters" }, problem.loss.map { "loss: \($0)" },
        report.budget(of: problem),
      ].compactMap(\.self).joined(separator: ", ")
      let runs = problem.combinations.reduce(0) { $0 + $1.runCount }
      let charts =
        runs == 0
        ? "<p>There are no runs yet.</p>"
        : "<div class=\"grid\">\(ReportCharts.problem(problem, isBrief: isBrief).joined())</div>"
      return "<section id=\"problem-\(place + 1)\"><h2>\(Markup.escaped(problem.title))</h2>"
        + "<p class=\"mut\">\(Markup.escaped(facts))</p>"
        + Self.legend(problem.combinations.map { ($0.name, $0.series) })
        + tables.prefix(1).map { Self.titled($0) }.joined() + charts
        + tables.dropFirst().map { Self.titled($0) }.joined() + "</section>"
    }
  }

  /// Failures, skipped combinations and provenance.
  private var rest: String {
    outline.sections.filter { !$0.isOfFigures }.map { section in
      let name = section.title == "Provenance" ? " id=\"provenance\"" : ""
      return "<section\(name)><h2>\(Markup.escaped(section.title))</h2>"
        + section.tables.map { Self.html($0, class: "t mono") }.joined() + "</section>"
    }.joined(separator: "\n")
  }

  private static let brevity =
    "<p class=\"note\">With more than \(ReportCharts.problemLimit) problems each has its charts "
    + "against passes only; the tables have all.</p>"

  private static func legend(_ entries: [(name: String, series: Int)]) -> String {
    let items = entries.map { entry in
      "<li><svg class=\"key\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><path class=\"c "
        + "\(Palette.style(entry.series))\" d=\"M1 5h24\"/></svg>\(Markup.escaped(entry.name))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  private static func titled(_ table: ReportTable) -> String {
    "<h3>\(Markup.escaped(table.title))</h3>" + html(table)
  }
}

extension HTMLPage {
  /// A table, with its note below.
  private static func html(_ table: ReportTable, class name: String = "t") -> String {
    let headings = table.columns.map { column in
      "<th\(column.isText ? " class=\"l\"" : "")>\(Markup.escaped(column.heading))</th>"
    }
    let rows = table.rows.map { cells in
      "<tr>\(zip(table.columns, cells).map(html).joined())</tr>"
    }
    let note = table.note.map { "<p class=\"note\">\(Markup.escaped($0))</p>" } ?? ""
    return "<div class=\"\(name)\"><table><thead><tr>\(headings.joined())</tr></thead><tbody>"
      + "\(rows.joined(separator: "\n"))</tbody></table></div>\(note)"
  }

  private static func html(_ column: ReportTable.Column, _ cell: ReportTable.Cell) -> String {
    var text = Markup.escaped(cell.text)
    // The range after a figure is paler than the figure.
    if !column.isText, let range = text.firstRange(of: " [") {
      text =
        (cell.isBest ? "<b>\(text[..<range.lowerBound])</b>" : text[..<range.lowerBound])
        + " <span class=\"r\">\(text[range.lowerBound...].dropFirst())</span>"
    } else if cell.isBest {
      text = "<b>\(text)</b>"
    }
    let dot = cell.series.map { "<i class=\"dot s\($0 % Palette.light.count)\"></i>" } ?? ""
    return "<td\(column.isText ? " class=\"l\"" : "")>\(dot)\(text)</td>"
  }

  private static let explanation = """
    <section><h2>How to read this</h2>
    <p>Convergence: the line is the median over seeds of the best training loss so far, the band reaches from the \
    lower to the upper quartile. A run that has ended keeps its last loss; the curve \
    ends where three quarters of the runs have ended. Journals keep at most twenty \
    improvements for each tenfold of evaluations, so that places are exact to an eighth.</p>
    <p>Targets reached: \(ProblemReport.LossScale.targetCount) losses at equal steps from the worst first to the \
    best loss of all runs of the problem, logarithmic where all losses are above 0; the curve is the part of all \
    pairs of a run and a target that is reached. AOCC is the area over a run's convergence curve on that \
    scale, up to what the longest run of the problem spent. Both depend on which combinations are compared.</p>
    <p>Boxes: quartiles and median; every run is a point. Failed runs are in no mean, median or box; they are \
    counted, listed, and worse than any result in tests of pairs.</p>
    <p>Pairs: Wilcoxon's signed-rank test over seeds, two-sided, corrected by Holm for all pairs of a problem. \
    A p above 0.05 shows no difference, which is not the same as to show that there is none.</p></section>
    """
}
