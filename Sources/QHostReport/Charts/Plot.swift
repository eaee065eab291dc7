/// The frame of a chart: scales, grid, marks, titles.
///
/// All charts have the same width, so that type is of one size wherever they stand.
struct Plot {
  /// The width of every chart, in the drawing's units.
  static let width = 400.0

  let title: String
  let x: Scale
  let y: Scale?
  let xTitle: String
  let yTitle: String
  let height: Double
  /// What stands in it, as SVG.
  var body: [String] = []

  static let left = 52.0
  static let right = 388.0
  static let top = 30.0

  /// Makes a frame.
  ///
  /// - Parameters:
  ///   - title: stands above.
  ///   - x: the horizontal scale; see ``xEnds``.
  ///   - xTitle: its title.
  ///   - y: the vertical scale; `nil`: rows that need none.
  ///   - yTitle: its title.
  ///   - height: of the whole chart.
  init(
    title: String, x: Scale, xTitle: String, y: Scale? = nil, yTitle: String = "",
    height: Double = 270
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.height = height
  }

  /// Where the plotting area ends below.
  var bottom: Double { height - 42 }

  /// The chart as an SVG element.
  var svg: String {
    let label = Markup.escaped(yTitle.isEmpty ? title : "\(title): \(yTitle) against \(xTitle)")
    return "<svg viewBox=\"0 0 \(Markup.number(Self.width)) \(Markup.number(height))\" "
      + "role=\"img\" aria-label=\"\(label)\">"
      + Markup.text(title, x: y == nil ? x.ends.0 : Self.left, y: 16, class: "h")
      + grid + body.joined() + "</svg>"
  }

  private var grid: String {
    let left = min(x.ends.0, x.ends.1)
    let right = max(x.ends.0, x.ends.1)
    var lines = ""
    var labels = ""
    for tick in x.ticks {
      let place = x.place(tick.value)
      lines += "M\(Markup.number(place)) \(Markup.number(Self.top))V\(Markup.number(bottom))"
      if let label = tick.label {
        labels += Markup.text(label, x: place, y: bottom + 15, class: anchor(place, right))
      }
    }
    for tick in y?.ticks ?? [] {
      let place = y?.place(tick.value) ?? 0
      lines += "M\(Markup.number(left)) \(Markup.number(place))H\(Markup.number(right))"
      if let label = tick.label {
        labels += Markup.text(label, x: left - 6, y: place + 3.5, class: "e")
      }
    }
    labels += Markup.text(xTitle, x: (left + right) / 2, y: height - 8, class: "m")
    if !yTitle.isEmpty {
      let middle = Markup.number((Self.top + bottom) / 2)
      labels +=
        "<text class=\"m\" transform=\"translate(11 \(middle)) rotate(-90)\">"
        + Markup.escaped(yTitle) + "</text>"
    }
    let frame =
      "M\(Markup.number(left)) \(Markup.number(Self.top))V\(Markup.number(bottom))"
      + "H\(Markup.number(right))"
    return "<path class=\"g\" d=\"\(lines)\"/>"
      + (y == nil ? "" : "<path class=\"f\" d=\"\(frame)\"/>") + labels
  }

  /// Labels at the right edge end there, so that they are not cut off.
  private func anchor(_ place: Double, _ right: Double) -> String { place > right - 6 ? "e" : "m" }
}
