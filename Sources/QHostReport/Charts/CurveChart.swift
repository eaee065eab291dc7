/// Curves of steps, each with a band around it if it has one.
struct CurveChart {
  /// A curve.
  struct Curve {
    /// What it is called.
    var name: String
    /// The place of its colour.
    var series: Int
    /// Where it steps, in order.
    var x: [Double]
    /// Its value from there on.
    var y: [Double]
    /// The lower edge of its band; empty: none.
    var low: [Double] = []
    /// The upper edge.
    var high: [Double] = []
    /// Where it ends; `nil`: at its last step.
    var end: Double?
  }

  let title: String
  let xTitle: String
  let yTitle: String
  let xKind: Scale.Kind
  let yKind: Scale.Kind
  /// The values that the vertical scale has; `nil`: those of the curves.
  var yDomain: ClosedRange<Double>?
  let curves: [Curve]

  /// The chart as an SVG element.
  var svg: String {
    let xs = curves.flatMap { $0.x + [$0.end].compactMap(\.self) }
    let x = Scale(
      xKind, Self.domain(xs, xKind), from: Plot.left, to: Plot.right)
    let values = curves.flatMap { $0.y + $0.low + $0.high }
    var plot = Plot(
      title: title, x: x, xTitle: xTitle,
      y: Scale(yKind, yDomain ?? Self.domain(values, yKind), from: 228, to: Plot.top),
      yTitle: yTitle)
    guard let y = plot.y else { return plot.svg }
    for curve in curves where !curve.low.isEmpty {
      plot.body.append(
        "<path class=\"b \(Palette.style(curve.series))\" d=\"\(band(curve, x, y))\"/>")
    }
    for curve in curves where !curve.x.isEmpty {
      plot.body.append(
        "<path class=\"c \(Palette.style(curve.series))\" d=\"\(line(curve, x, y))\"><title>"
          + Markup.escaped(curve.name) + "</title></path>")
    }
    return plot.svg
  }

  /// The span of finite values; of positive ones on a logarithmic scale.
  static func domain(_ values: [Double], _ kind: Scale.Kind) -> ClosedRange<Double> {
    let usable = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    guard let low = usable.min(), let high = usable.max() else { return 1...10 }
    return low...high
  }

  private func line(_ curve: Curve, _ x: Scale, _ y: Scale) -> String {
    steps(curve.x, curve.y, x, y, curve.end).path
  }

  /// The upper edge there, the lower one back.
  private func band(_ curve: Curve, _ x: Scale, _ y: Scale) -> String {
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
      let height = Self.tenths(y.place(low))
      if abs(height - at.y) > 1 { back(to: height) }
      left = Self.tenths(x.place(place))
    }
    back(to: at.y)
    return path + "z"
  }

  /// Steps as a path: short, as only what changes by a tenth of a unit is written.
  private func steps(
    _ xs: [Double], _ ys: [Double], _ x: Scale, _ y: Scale, _ end: Double?
  ) -> (path: String, last: (x: Int, y: Int)) {
    guard let firstX = xs.first, let firstY = ys.first else { return ("", (0, 0)) }
    var at = (x: Self.tenths(x.place(firstX)), y: Self.tenths(y.place(firstY)))
    var path = "M\(Markup.number(Double(at.x) / 10)) \(Markup.number(Double(at.y) / 10))"
    for place in 1..<max(xs.count, 1) {
      let next = (x: Self.tenths(x.place(xs[place])), y: Self.tenths(y.place(ys[place])))
      guard abs(next.y - at.y) > 1 || place == xs.count - 1 else { continue }
      if next.x != at.x { path += "h" + Markup.number(Double(next.x - at.x) / 10) }
      if next.y != at.y { path += "v" + Markup.number(Double(next.y - at.y) / 10) }
      at = next
    }
    if let end {
      let last = Self.tenths(x.place(end))
      if last > at.x {
        path += "h" + Markup.number(Double(last - at.x) / 10)
        at.x = last
      }
    }
    return (path, at)
  }

  private static func tenths(_ place: Double) -> Int { Int((place * 10).rounded()) }
}
