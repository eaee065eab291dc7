import QHostDrawing

/// The figures of a report as files, each of which needs nothing else.
public struct FigureFiles {
  private let figures: [Figure]

  /// Takes a report.
  public init(_ report: ComparisonReport) {
    figures = ReportFigures(report, Looks(report), .all).all
  }

  /// Their names, in the order of the page: small letters, digits, `-`, `_` and `.`.
  public var names: [String] { figures.map(\.name) }

  /// The names that somebody means: the one that is written so, else those that end so.
  ///
  /// - Parameter text: a name, or the words at its end, such as `convergence-passes`.
  /// - Returns: none, one, or those between which it does not decide.
  public func names(meant text: String) -> [String] {
    let words = StableNames.slug(text)
    return names.contains(words) ? [words] : names.filter { $0.hasSuffix("-" + words) }
  }

  /// A figure as SVG, 85 mm wide, with its legend, on white; its caption is in its `desc`.
  ///
  /// - Parameters:
  ///   - name: one of ``names``.
  ///   - showsTitle: whether its title is written above it.
  /// - Returns: the document; `nil` when there is no such figure.
  public func svg(_ name: String, showsTitle: Bool = false) -> String? {
    figures.first { $0.name == name }.map { figure in
      Sheet.file(
        figure.chart, name: figure.name, caption: figure.caption, showsTitle: showsTitle)
    }
  }
}
