internal import QHostDrawing
internal import QHostReport

/// How many more seeds would tell apart what the test does not.
struct Advice {
  private let report: ComparisonReport

  init(_ report: ComparisonReport) { self.report = report }

  /// A section of the page; empty when there is nothing to advise.
  var html: String {
    let items = report.problems.flatMap { problem in
      problem.pairs.compactMap { pair -> String? in
        guard (pair.adjustedProbability ?? 1) > 0.05, let further = pair.furtherSeeds else {
          return nil
        }
        let words =
          further == 0
          ? "enough seeds for a single test; its correction for several pairs says no"
          : "about \(further) more seed\(further == 1 ? "" : "s")"
        return "<tr><td class=\"l\">\(Markup.breakable(pair.first))</td>"
          + "<td class=\"l\">\(Markup.breakable(pair.second))</td>"
          + "<td class=\"l\">\(Markup.escaped(problem.title))</td><td>\(pair.pairCount)</td>"
          + "<td class=\"l\">\(words)</td></tr>"
      }
    }
    guard !items.isEmpty else { return "" }
    return "<section id=\"seeds\"><h2>More seeds</h2>"
      + "<div class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"More seeds\"><table><thead><tr>"
      + "<th class=\"l\">first</th><th class=\"l\">second</th><th class=\"l\">problem</th>"
      + "<th>pairs</th><th class=\"l\">to separate them</th></tr></thead><tbody>"
      + items.joined()
      + "</tbody></table></div><p class=\"note\">For a chance of 80 % to find at the level "
      + "0.05, by Wilcoxon's test of one pair, a difference as large as it looks now (Noether 1987). "
      + "With few pairs it is a rough guess: look again when some more have ended.</p></section>"
  }
}
