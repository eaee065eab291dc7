import QHostDrawing
import QHostComparing

/// A report as one page: no scripts, nothing that is fetched.
public struct HTMLPage {
  private let report: ComparisonReport
  private let outline: ReportOutline
  private let looks: Looks
  private let figures: ReportFigures
  private let reloadSeconds: Int?

  /// Takes a report.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - reloadSeconds: after how long a browser loads the page again; `nil`: never.
  public init(_ report: ComparisonReport, reloadSeconds: Int? = nil) {
    self.report = report
    outline = ReportOutline(report)
    looks = Looks(report)
    figures = ReportFigures(
      report, looks,
      report.problems.count > ReportFigures.problemLimit ? .briefPage : .page)
    self.reloadSeconds = reloadSeconds
  }

  /// The page.
  public var text: String {
    let parts =
      [head, "<header><h1>\(Markup.escaped(outline.title))</h1>", summary, "</header>"] + body
      + ["</body></html>\n"]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The page without what is around it, for another page that has ``style``.
  public var fragment: String {
    ([summary] + body).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What pages look like: rules for light and dark.
  public static var style: String { StyleSheet.text }

  private var body: [String] {
    [warnings, contents, overall] + problems + [rest, Self.explanation(report, figures)]
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
    let profile =
      figures.overall.contains { $0.kind == .profile }
      ? "<p class=\"note\">In a profile a problem is solved when \(rule).</p>" : ""
    let brevity = report.problems.count > ReportFigures.problemLimit ? Self.brevity : ""
    let sentences = outline.rankSentences.map { "<p>\(Markup.escaped($0))</p>" }
    return "<section id=\"all\"><h2>All problems</h2>" + html(.overview(report))
      + Self.grid(figures.overall) + profile + brevity + sentences.joined() + "</section>"
  }

  private var problems: [String] {
    zip(report.problems, figures.problems).enumerated().map { place, pair in
      let (problem, figures) = pair
      let tables = outline.tables(of: problem)
      let facts = [
        problem.parameterCount.map { "\($0) parameters" }, problem.loss.map { "loss: \($0)" },
        report.budget(of: problem),
      ].compactMap(\.self).joined(separator: ", ")
      let charts = figures.isEmpty ? "<p>There are no runs yet.</p>" : Self.grid(figures)
      return "<section id=\"problem-\(place + 1)\"><h2>\(Markup.escaped(problem.title))</h2>"
        + "<p class=\"mut\">\(Markup.escaped(facts))</p>"
        + tables.prefix(1).map(titled).joined() + charts
        + tables.dropFirst().map(titled).joined() + "</section>"
    }
  }

  /// Failures, skipped combinations and provenance.
  private var rest: String {
    outline.sections.filter { !$0.isOfFigures }.map { section in
      let name = section.title == "Provenance" ? " id=\"provenance\"" : ""
      return "<section\(name)><h2>\(Markup.escaped(section.title))</h2>"
        + section.tables.map { html($0, class: "box mono") }.joined() + "</section>"
    }.joined(separator: "\n")
  }

  private static let brevity =
    "<p class=\"note\">With more than \(ReportFigures.problemLimit) problems each has its charts "
    + "against one measure only; the tables have all.</p>"

  private static func grid(_ figures: [Figure]) -> String {
    "<div class=\"grid\">\(figures.map(\.element).joined(separator: "\n"))</div>"
  }

  private func titled(_ table: ReportTable) -> String {
    "<h3>\(Markup.escaped(table.title))</h3>" + html(table)
  }
}

extension HTMLPage {
  /// A table in a box that scrolls where it is too wide, with its note below.
  private func html(_ table: ReportTable, class name: String = "box") -> String {
    let headings = table.columns.map { column in
      "<th\(column.isText ? " class=\"l\"" : "")>\(Markup.breakable(column.heading))</th>"
    }
    let rows = table.rows.map { cells in
      "<tr>\(zip(table.columns, cells).map(html).joined())</tr>"
    }
    let note = table.note.map { "<p class=\"note\">\(Markup.escaped($0))</p>" } ?? ""
    let title = Markup.escaped(table.title)
    return "<div class=\"\(name)\" tabindex=\"0\" role=\"region\" aria-label=\"\(title)\"><table>"
      + "<thead><tr>\(headings.joined())</tr></thead><tbody>"
      + "\(rows.joined(separator: "\n"))</tbody></table></div>\(note)"
  }

  private func html(_ column: ReportTable.Column, _ cell: ReportTable.Cell) -> String {
    if cell.isName {
      let name = Markup.breakable(cell.text)
      return "<td class=\"l name\">\(Self.key(looks[cell.text]))\(name)</td>"
    }
    var text = column.isText ? Markup.breakable(cell.text) : Markup.escaped(cell.text)
    // The range after a figure is paler than the figure.
    if !column.isText, let range = text.firstRange(of: " [") {
      text =
        (cell.isBest ? "<b>\(text[..<range.lowerBound])</b>" : text[..<range.lowerBound])
        + " <span class=\"r\">\(text[range.lowerBound...].dropFirst())</span>"
    } else if cell.isBest {
      text = "<b>\(text)</b>"
    }
    return "<td\(column.isText ? " class=\"l\"" : "")>\(text)</td>"
  }

  /// The line and the mark of a combination, as they are in charts.
  private static func key(_ look: Look) -> String {
    "<svg class=\"key\" viewBox=\"0 0 22 8\" aria-hidden=\"true\">"
      + Legend.key(.page, look, x: 1, y: 4) + "</svg>"
  }
}
