import QHostDrawing

/// Curves of steps as the data of paths, kept short: only what changes by a tenth of a unit is written.
enum StepPath {
  private typealias Place = (x: Int, y: Int)

  /// A curve's line.
  static func line(_ curve: CurveChart.Curve, _ x: Scale, _ y: Scale) -> String {
    steps(curve.x, curve.y, x, y, curve.end).path
  }

  /// A curve's band: the upper edge there, the lower one back.
  static func band(_ curve: CurveChart.Curve, _ x: Scale, _ y: Scale) -> String {
    let upper = steps(curve.x, curve.high, x, y, curve.end)
    var path = upper.path
    var at = upper.last
    var left = at.x
    func back(to height: Int) {
      if left != at.x { path += "h" + Markup.number(Double(left - at.x) / 10) }
      at.x = left
      if height != at.y { path += "v" + Markup.number(Double(height - at.y) / 10) }
      at.y = height
    }
    for (place, low) in zip(curve.x, curve.low).reversed() {
      let height = tenths(y.place(low))
      if abs(height - at.y) > 1 { back(to: height) }
      left = tenths(x.place(place))
    }
    back(to: at.y)
    return path + "z"
  }

  private static func steps(
    _ xs: [Double], _ ys: [Double], _ x: Scale, _ y: Scale, _ end: Double?
  ) -> (path: String, last: Place) {
    guard let firstX = xs.first, let firstY = ys.first else { return ("", (0, 0)) }
    var at = (x: tenths(x.place(firstX)), y: tenths(y.place(firstY)))
    var path = "M\(Markup.number(Double(at.x) / 10)) \(Markup.number(Double(at.y) / 10))"
    for place in 1..<max(xs.count, 1) {
      let next = (x: tenths(x.place(xs[place])), y: tenths(y.place(ys[place])))
      guard abs(next.y - at.y) > 1 || place == xs.count - 1 else { continue }
      if next.x != at.x { path += "h" + Markup.number(Double(next.x - at.x) / 10) }
      if next.y != at.y { path += "v" + Markup.number(Double(next.y - at.y) / 10) }
      at = next
    }
    if let end {
      let last = tenths(x.place(end))
      if last > at.x {
        path += "h" + Markup.number(Double(last - at.x) / 10)
        at.x = last
      }
    }
    return (path, at)
  }

  private static func tenths(_ place: Double) -> Int { Int((place * 10).rounded()) }
}
