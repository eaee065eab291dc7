/// A report as LaTeX tables, to be included in a paper: it needs the packages `booktabs` and `graphicx`.
public struct LaTeXPage {
  private let report: ComparisonReport

  /// Takes a report.
  public init(_ report: ComparisonReport) { self.report = report }

  /// The tables.
  public var text: String {
    let outline = ReportOutline(report)
    var lines = [
      "% \(comment(outline.title)): \(comment(outline.summary))",
      "% It needs \\usepackage{booktabs,graphicx}, and \\usepackage[utf8]{inputenc} with an old LaTeX.",
    ]
    for warning in report.warnings { lines.append("% Note: \(comment(warning.text)).") }
    for section in outline.sections where section.isOfFigures {
      for table in section.tables { lines.append(self.table(table, section.title)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ table: ReportTable, _ section: String) -> String {
    let caption = escaped("\(section): \(table.title).\(table.note.map { " \($0)" } ?? "")")
    let layout = table.columns.map { $0.isText ? "l" : "r" }.joined()
    var lines = [
      "\\begin{table}", "\\centering", "\\caption{\(caption)}",
      "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
      "\\begin{tabular}{\(layout)}", "\\toprule",
      row(table.columns.map { escaped($0.heading) }), "\\midrule",
    ]
    for cells in table.rows {
      lines.append(
        row(
          cells.map { cell in
            let text = escaped(cell.text)
            return cell.isBest ? "\\textbf{\(text)}" : text
          }))
    }
    lines += ["\\bottomrule", "\\end{tabular}}", "\\end{table}"]
    return lines.joined(separator: "\n")
  }

  private func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }

  private func comment(_ text: String) -> String {
    text.replacing("\n", with: " ").replacing("\r", with: " ")
  }

  /// Text in which no character means something to LaTeX.
  private func escaped(_ text: String) -> String {
    let superscripts: [Character: Character] = [
      "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
      "⁹": "9", "⁻": "-",
    ]
    var result = ""
    var exponent = ""
    for character in text {
      if let digit = superscripts[character] {
        exponent.append(digit)
        continue
      }
      if !exponent.isEmpty {
        result += "$^{\(exponent)}$"
        exponent = ""
      }
      result += Self.replacements[character] ?? String(character)
    }
    return exponent.isEmpty ? result : result + "$^{\(exponent)}$"
  }

  private static let replacements: [Character: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "[": "{[}", "]": "{]}",
    "–": "--", "−": "$-$", "·": "$\\cdot$", "∞": "$\\infty$", "µ": "$\\mu$", "₁": "$_1$",
    "₂": "$_2$", "…": "\\dots{}", "½": "$\\frac12$", "\n": " ", "\r": " ", "\t": " ",
  ]
}
