/// Boxes of quartiles with every point shown, a row for each combination.
struct BoxChart {
  /// A row.
  struct Row {
    /// What it is called.
    var name: String
    /// The place of its colour.
    var series: Int
    /// Every value, with what it is of.
    var points: [(label: String, value: Double)]
    /// The lower quartile, the median and the upper quartile.
    var quartiles: (Double, Double, Double)?
  }

  let title: String
  let xTitle: String
  let kind: Scale.Kind
  var isPercent = false
  let rows: [Row]

  private static let rowHeight = 40.0

  /// The chart as an SVG element.
  var svg: String {
    let values = rows.flatMap { $0.points.map(\.value) }
    let x = Scale(
      kind, padded(CurveChart.domain(values, kind)), from: 12, to: Plot.right,
      isPercent: isPercent)
    var plot = Plot(
      title: title, x: x, xTitle: xTitle,
      height: Plot.top + Self.rowHeight * Double(rows.count) + 50)
    for (place, row) in rows.enumerated() {
      let top = Plot.top + 6 + Self.rowHeight * Double(place)
      plot.body.append(Markup.text(Self.shortened(row.name), x: 14, y: top + 9, class: "n"))
      plot.body += box(row, x, middle: top + 22)
    }
    return plot.svg
  }

  /// Room at both ends, so that points at the edges are whole.
  private func padded(_ domain: ClosedRange<Double>) -> ClosedRange<Double> {
    let scale = Scale(kind, domain, from: 0, to: 1)
    return scale.value(at: -0.03)...scale.value(at: 1.03)
  }

  private func box(_ row: Row, _ x: Scale, middle: Double) -> [String] {
    guard !row.points.isEmpty else {
      return [Markup.text("no runs", x: 14, y: middle + 4, class: "q")]
    }
    var parts: [String] = []
    let mark = Markup.number
    if let (low, median, high) = row.quartiles {
      let (a, b, m) = (x.place(low), x.place(high), x.place(median))
      parts.append(
        "<rect class=\"b \(Palette.style(row.series))\" x=\"\(mark(a))\" y=\"\(mark(middle - 7))\" "
          + "width=\"\(mark(max(b - a, 1)))\" height=\"14\"/>"
          + "<path class=\"c \(Palette.style(row.series))\" d=\"M\(mark(m)) \(mark(middle - 8))v16\"/>"
      )
    }
    parts.append("<g class=\"p \(Palette.style(row.series))\">")
    for (place, point) in row.points.enumerated() {
      // Equal values lie beside each other instead of on top of each other.
      let offset = Double((place * 5) % 9 - 4) * 1.3
      parts.append(
        "<circle cx=\"\(mark(x.place(point.value)))\" "
          + "cy=\"\(mark(middle + offset))\" r=\"2.4\"><title>\(Markup.escaped(point.label))"
          + "</title></circle>")
    }
    parts.append("</g>")
    return parts
  }

  /// A name that fits above its row.
  static func shortened(_ name: String) -> String {
    name.count <= 58 ? name : name.prefix(57) + "…"
  }
}
