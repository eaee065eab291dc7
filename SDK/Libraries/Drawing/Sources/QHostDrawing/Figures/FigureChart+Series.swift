import QHostInterfaces

extension FigureChart {
  /// With more points than this they are drawn as small squares, so that files stay small.
  private static let markLimit = 300

  /// A series: its band or bars, and its line or points.
  static func elements(
    of series: Figure.Series, _ look: Look, _ plot: Plot, _ pen: Pen
  ) -> [String] {
    let places = zip(series.x, series.y).map { (x: plot.x.place($0), y: plot.y.place($1)) }
    guard !places.isEmpty else { return [] }
    switch series.mark {
    case .line:
      let path = pen.path(line(places), .curve, look, title: series.name)
      guard !series.lower.isEmpty else { return [path] }
      let upper = zip(places, series.upper).map { (x: $0.x, y: plot.y.place($1)) }
      let lower = zip(places, series.lower).map { (x: $0.x, y: plot.y.place($1)) }
      return [pen.path(line(upper + lower.reversed()) + "z", .band, look), path]
    case .points:
      let mark = Markup.number
      let bars = zip(places, zip(series.lower, series.upper)).map { place, ends in
        "M\(mark(place.x)) \(mark(plot.y.place(ends.0)))V\(mark(plot.y.place(ends.1)))"
      }.joined()
      let points =
        places.count > markLimit
        ? pen.path(places.map(square).joined(), .point, look, title: series.name)
        : pen.marks(look, at: places)
      return bars.isEmpty ? [points] : [pen.path(bars, .stroke, look), points]
    }
  }

  private static func square(_ place: (x: Double, y: Double)) -> String {
    "M\(Markup.number(place.x - 0.5)) \(Markup.number(place.y - 0.5))h1v1h-1z"
  }

  /// A line through places; those that lie where the last one does are left out.
  private static func line(_ places: [(x: Double, y: Double)]) -> String {
    var path = ""
    var last: (x: Double, y: Double)?
    for (index, place) in places.enumerated() {
      if let last, index < places.count - 1, abs(place.x - last.x) < 0.1,
        abs(place.y - last.y) < 0.1
      {
        continue
      }
      path += "\(last == nil ? "M" : "L")\(Markup.number(place.x)) \(Markup.number(place.y))"
      last = place
    }
    return path
  }
}
