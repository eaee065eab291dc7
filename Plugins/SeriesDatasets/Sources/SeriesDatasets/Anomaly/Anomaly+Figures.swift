public import QHostInterfaces

extension Anomaly: FigureProviding {
  private static let seriesLimit = 3
  private static let rowLimit = 8000

  /// Value, score and windows after the probation of the first three series that have windows and at most 8,000 rows, as they were last measured
  /// on the test split.
  public func figures(parameters: [Double]?) -> [Figure] {
    let shown = measured.enumerated().filter { index, scored in
      !corpus.series[index].windows.isEmpty && scored.scores.count == scored.rowCount
        && scored.rowCount <= Self.rowLimit
    }.prefix(Self.seriesLimit)
    return shown.enumerated().map { number, one in
      figure(number + 1, corpus.series[one.offset], one.element.scores)
    }
  }

  private func figure(_ number: Int, _ series: AnomalySeries, _ scores: [Double]) -> Figure {
    let shown = series.probation..<scores.count
    let rows = shown.map(Double.init)
    let windows = series.windows.flatMap { Array($0) }.filter(shown.contains).map(Double.init)
    let name = series.name.split(separator: "/").last ?? ""
    return Figure(
      name: "anomaly-\(number)", title: "Scores of \(name)", x: Figure.Axis("row"),
      y: Figure.Axis("score; value + 1"),
      series: [
        Figure.Series(name: "value", x: rows, y: Self.parts(series.values[shown]).map { 1 + $0 }),
        Figure.Series(name: "score", x: rows, y: Self.parts(scores[shown])),
        Figure.Series(name: "windows", mark: .points, x: windows, y: windows.map { _ in 1 }),
      ])
  }

  /// Numbers as parts of their range; 0 where all are alike.
  private static func parts(_ values: ArraySlice<Double>) -> [Double] {
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    return values.map { most > least ? ($0 - least) / (most - least) : 0 }
  }
}
