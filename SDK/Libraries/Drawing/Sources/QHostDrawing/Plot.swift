/// The frame of a chart with two axes: scales, grid, titles, and the legend below.
///
/// It is as high as 60 mm on paper, or as its legend needs.
public struct Plot {
  private static let margin = 6.0
  private static let leastPlot = 104.0
  /// What the marks and the title of the horizontal axis need.
  private static let footer = 26.0

  private let title: String
  private let xTitle: String
  private let yTitle: String
  private let legend: Legend
  private let pen: Pen
  /// Where what is drawn begins, from above.
  public let top: Double
  /// Where it ends.
  public let bottom: Double

  /// The horizontal scale.
  public let x: Scale
  /// The vertical scale.
  public let y: Scale
  /// What stands in it, as SVG.
  public var body: [String] = []

  /// Values of an axis, and what it is called.
  public struct Axis: Sendable {
    /// What it is called.
    public let title: String
    /// Whether equal steps are differences or ratios.
    public let kind: Scale.Kind
    /// The least and the greatest value.
    public let domain: ClosedRange<Double>

    /// Makes an axis.
    public init(title: String, kind: Scale.Kind, domain: ClosedRange<Double>) {
      self.title = title
      self.kind = kind
      self.domain = domain
    }
  }

  /// Makes a frame.
  ///
  /// - Parameters:
  ///   - title: stands above, if the pen shows titles.
  ///   - horizontal: the axis below.
  ///   - vertical: the axis at the left; it makes room for its marks.
  ///   - legend: the names of what is in it.
  ///   - pen: how it is drawn.
  ///   - aside: room that is kept free at the right, for example for a scale of colours.
  public init(
    title: String, _ horizontal: Axis, _ vertical: Axis, legend: Legend, pen: Pen,
    aside: Double = 0
  ) {
    self.title = title
    self.legend = legend
    self.pen = pen
    xTitle = horizontal.title
    yTitle = vertical.title
    top = pen.showsTitle ? 18 : 6
    let room = Sheet.leastHeight - top - Self.footer - legend.height - 2
    bottom = top + max(room, Self.leastPlot)
    y = Scale(vertical.kind, vertical.domain, from: bottom, to: top)
    let marks = y.ticks.compactMap(\.label).map { TextWidth.of($0, size: Pen.Writing.tick.size) }
    let left = 15 + (marks.max() ?? 0)
    x = Scale(horizontal.kind, horizontal.domain, from: left, to: Sheet.width - Self.margin - aside)
  }

  /// The whole: SVG elements and their height.
  public var drawn: (body: String, height: Double) {
    let end = bottom + Self.footer
    let heading =
      pen.showsTitle ? pen.text(title, x: x.ends.0, y: 11, as: .title) : ""
    return (
      heading + grid + body.joined() + frame + titles + legend.drawn(pen, top: end),
      end + legend.height + 2
    )
  }

  private var grid: String {
    let (left, right) = x.ends
    let mark = Markup.number
    let across = x.lines.map { "M\(mark(x.place($0))) \(mark(top))V\(mark(bottom))" }
    let along = y.lines.map { "M\(mark(left)) \(mark(y.place($0)))H\(mark(right))" }
    return pen.path((across + along).joined(), .grid)
  }

  private var frame: String {
    let (left, right) = x.ends
    let mark = Markup.number
    return pen.path("M\(mark(left)) \(mark(top))V\(mark(bottom))H\(mark(right))", .frame)
  }

  private var titles: String {
    let (left, right) = x.ends
    var parts: [String] = []
    for tick in x.ticks {
      guard let label = tick.label else { continue }
      let place = x.place(tick.value)
      // Labels at the right edge end there, so that they are not cut off.
      let half = TextWidth.of(label, size: Pen.Writing.tick.size) / 2
      let isAtEdge = place + half > Sheet.width - 1
      parts.append(
        pen.text(
          label, x: isAtEdge ? Sheet.width - 1 : place, y: bottom + 9, as: .tick,
          anchor: isAtEdge ? .end : .middle))
    }
    for tick in y.ticks {
      guard let label = tick.label else { continue }
      parts.append(
        pen.text(label, x: left - 3, y: y.place(tick.value) + 2.4, as: .tick, anchor: .end))
    }
    parts.append(
      pen.text(xTitle, x: (left + right) / 2, y: bottom + 20, as: .label, anchor: .middle))
    parts.append(
      pen.text(yTitle, x: 8, y: (top + bottom) / 2, as: .label, anchor: .middle, isUpright: true))
    return parts.joined()
  }
}
