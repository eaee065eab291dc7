import QHostDrawing

/// Boxes of quartiles with every point shown, a row for each combination.
struct BoxChart: Chart {
  /// A row.
  struct Row {
    /// What it is called.
    var name: String
    /// How it is drawn.
    var look: Look
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

  var label: String { "\(title): \(xTitle)" }

  func drawn(_ pen: Pen) -> (body: String, height: Double) {
    let layout = BoxLayout(names: rows.map(\.name), top: pen.showsTitle ? 18 : 5)
    let values = rows.flatMap { $0.points.map(\.value) }
    let x = Scale(
      kind, Scale.domain(of: values, kind, room: 0.03), from: layout.left, to: Sheet.width - 6,
      isPercent: isPercent)
    var parts = [
      pen.showsTitle ? pen.text(title, x: min(layout.left, 8), y: 11, as: .title) : "",
      pen.path(grid(x, layout), .grid),
    ]
    for (row, place) in zip(rows, layout.places) {
      for (number, line) in place.lines.enumerated() {
        parts.append(
          pen.text(
            line, x: layout.nameX, y: place.firstBase + BoxLayout.lineHeight * Double(number),
            as: .name, anchor: layout.nameAnchor))
      }
      parts += box(row, x, middle: place.middle, pen)
    }
    parts += axis(x, layout.bottom, pen)
    return (parts.joined(), layout.bottom + 26)
  }

  /// Lines behind the boxes, and not behind names that stand between them.
  private func grid(_ x: Scale, _ layout: BoxLayout) -> String {
    let mark = Markup.number
    return layout.bands.flatMap { band in
      x.lines.map { "M\(mark(x.place($0))) \(mark(band.top))V\(mark(band.bottom))" }
    }.joined()
  }

  private func axis(_ x: Scale, _ bottom: Double, _ pen: Pen) -> [String] {
    let labels = x.ticks.compactMap { tick in
      tick.label.map {
        let place = x.place(tick.value)
        let isAtEdge = place > Sheet.width - 12
        return pen.text(
          $0, x: isAtEdge ? Sheet.width - 1 : place, y: bottom + 9, as: .tick,
          anchor: isAtEdge ? .end : .middle)
      }
    }
    let middle = (x.ends.0 + x.ends.1) / 2
    return labels + [pen.text(xTitle, x: middle, y: bottom + 20, as: .label, anchor: .middle)]
  }

  private func box(_ row: Row, _ x: Scale, middle: Double, _ pen: Pen) -> [String] {
    guard !row.points.isEmpty else {
      return [pen.text("no runs", x: x.ends.0 + 8, y: middle + 2.6, as: .label)]
    }
    var parts: [String] = []
    let mark = Markup.number
    if let (low, median, high) = row.quartiles {
      let (a, b, m) = (x.place(low), x.place(high), x.place(median))
      let width = max(b - a, 0.6)
      parts.append(
        pen.path(
          "M\(mark(a)) \(mark(middle - 5))h\(mark(width))v10H\(mark(a))z", .band, row.look)
          + pen.path("M\(mark(m)) \(mark(middle - 6))v12", .line, row.look))
    }
    parts.append("<g \(pen.attributes(.point, row.look))>")
    for (place, point) in row.points.enumerated() {
      // Equal values lie beside each other instead of on top of each other.
      let offset = Double((place * 5) % 9 - 4) * 0.9
      let title = pen.isOfPage ? "<title>\(Markup.escaped(point.label))</title>" : ""
      parts.append(
        "<circle cx=\"\(mark(x.place(point.value)))\" cy=\"\(mark(middle + offset))\" r=\"1.5\""
          + (title.isEmpty ? "/>" : ">\(title)</circle>"))
    }
    parts.append("</g>")
    return parts
  }
}
