import QHostDrawing

/// Curves of steps, each with a band around it if it has one.
struct CurveChart: Chart {
  /// A curve.
  struct Curve {
    /// What it is called.
    var name: String
    /// How it is drawn.
    var look: Look
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

  var label: String { "\(title): \(yTitle) against \(xTitle)" }

  func drawn(_ pen: Pen) -> (body: String, height: Double) {
    let xs = curves.flatMap { $0.x + [$0.end].compactMap(\.self) }
    let values = curves.flatMap { $0.y + $0.low + $0.high }
    var plot = Plot(
      title: title,
      Plot.Axis(title: xTitle, kind: xKind, domain: Scale.domain(of: xs, xKind)),
      Plot.Axis(title: yTitle, kind: yKind, domain: yDomain ?? Scale.domain(of: values, yKind)),
      legend: Legend(entries: curves.map { Legend.Entry($0.name, $0.look) }), pen: pen)
    let present = curves.filter { !$0.x.isEmpty }
    for curve in present where !curve.low.isEmpty {
      plot.body.append(pen.path(StepPath.band(curve, plot.x, plot.y), .band, curve.look))
    }
    for curve in present {
      plot.body.append(
        pen.path(StepPath.line(curve, plot.x, plot.y), .curve, curve.look, title: curve.name))
    }
    for (place, curve) in present.enumerated() {
      let part = (Double(place) + 0.5) / Double(present.count)
      plot.body.append(pen.marks(curve.look, at: marks(curve, plot, part)))
    }
    return plot.drawn
  }

  /// Places of a curve's marks, at equal distances.
  ///
  /// - Parameters:
  ///   - curve: the curve.
  ///   - plot: the scales.
  ///   - part: where the first of them stands between two, 0 to 1: another for each curve, so that marks of
  ///     curves that run together lie beside each other.
  /// - Returns: places in the drawing.
  private func marks(_ curve: Curve, _ plot: Plot, _ part: Double) -> [(x: Double, y: Double)] {
    guard let first = curve.x.first, let last = curve.x.last else { return [] }
    let from = plot.x.place(first)
    let to = plot.x.place(max(curve.end ?? last, last))
    // A short curve has few marks, but one at least.
    let count = max(1, min(5, Int((to - from) / 24)))
    let steps = curve.x.map(plot.x.place)
    return (0..<count).compactMap { number in
      let x = from + (to - from) * (Double(number) + part) / Double(count)
      guard let step = steps.lastIndex(where: { $0 <= x + 0.05 }) else { return nil }
      return (x, plot.y.place(curve.y[step]))
    }
  }
}
