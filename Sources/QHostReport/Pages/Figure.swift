import QHostDrawing

/// A chart of a report, with the name that it has in every report of the same plan.
struct Figure {
  /// What kind of chart it is.
  enum Kind {
    case convergence
    case targets
    case runs
    case profile
    case ranks
  }

  /// Letters, digits, `-`, `_` and `.`: a file's name without its end.
  var name: String
  let kind: Kind
  let chart: any Chart
  /// What must be known to read it, in sentences.
  let caption: String

  /// It as an element of a page.
  var element: String { Sheet.element(chart) }
}
