import QHostDrawing

extension HTMLPage {
  /// How the charts and tables that are there are read.
  static func explanation(_ report: ComparisonReport, _ figures: ReportFigures) -> String {
    let kinds = Set(figures.all.map(\.kind))
    var paragraphs: [String] = []
    if kinds.contains(.convergence) { paragraphs.append(convergence) }
    if kinds.contains(.targets) { paragraphs.append(targets) }
    if kinds.contains(.runs) { paragraphs.append(boxes) }
    if !report.problems.allSatisfy(\.pairs.isEmpty) {
      paragraphs.append(pairs(report.baseline))
    }
    guard !paragraphs.isEmpty else { return "" }
    let text = paragraphs.map { "<p>\(Markup.escaped($0))</p>" }.joined(separator: "\n")
    return "<section><h2>How to read this</h2>\n\(text)</section>"
  }

  private static let convergence = """
    Convergence: the line is the median over seeds of the best training loss so far, the band reaches from the \
    lower to the upper quartile. A run that has ended keeps its last loss; the curve ends where three quarters of \
    the runs have ended. Journals keep at most twenty improvements per decade of evaluations, so that \
    places are exact to an eighth.
    """

  private static let targets = """
    Targets reached: \(ProblemReport.LossScale.targetCount) losses at equal steps from the worst first to the \
    best loss of all runs of the problem, logarithmic where all losses are above 0; the curve is the fraction of all \
    pairs of a run and a target that is reached. AOCC is the area over a run's convergence curve on that \
    scale, up to what the longest run of the problem spent. Both depend on which combinations are compared.
    """

  private static let boxes = """
    Boxes: quartiles and median; every run is a point. Failed runs are in no mean, median or box; they are \
    counted, listed, and worse than any result in tests of pairs.
    """

  private static func pairs(_ baseline: String?) -> String {
    "Pairs: Wilcoxon's signed-rank test over seeds, two-sided, corrected by Holm for all pairs "
      + (baseline.map { "with \($0) on a problem" } ?? "of a problem")
      + ". A p above 0.05 shows no difference, which is not the same as to show that there is none."
  }
}
