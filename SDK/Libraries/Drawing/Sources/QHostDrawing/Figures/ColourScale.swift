import QHostInterfaces

/// The colours of numbers in maps, from dark to light, and the strip that explains them.
///
/// The colours rise in lightness, so that they keep their order in shades of grey and with every kind of
/// colour vision. Source: S. van der Walt and N. Smith, viridis, SciPy 2015; nine of its colours, and
/// straight lines between them.
struct ColourScale {
  /// How many colours there are.
  static let levelCount = 48

  private static let stops: [(Double, Double, Double)] = [
    (68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141), (39, 173, 129),
    (92, 200, 99), (170, 220, 50), (253, 231, 37),
  ]
  private static let stripWidth = 7.0
  private static let gap = 5.0

  private let domain: ClosedRange<Double>
  private let words: String

  /// Finds the scale of maps, which share it.
  init(_ maps: [Figure.Map]) {
    domain =
      Scale(.linear, Scale.domain(of: maps.flatMap(\.values), .linear), from: 0, to: 1).domain
    let name = maps.count == 1 ? maps[0].name : ""
    let unit = maps.first?.unit
    words = unit.map { name.isEmpty ? $0 : "\(name) (\($0))" } ?? name
  }

  /// The room that the strip takes beside a plot.
  var width: Double {
    let scale = Scale(.linear, domain, from: 0, to: 100)
    let labels = scale.ticks.compactMap(\.label).map {
      TextWidth.of($0, size: Pen.Writing.tick.size)
    }
    return Self.gap + Self.stripWidth + 3 + (labels.max() ?? 0) + (words.isEmpty ? 0 : 10)
  }

  /// The colour's number of a value.
  func level(of value: Double) -> Int {
    let part = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    guard part.isFinite else { return 0 }
    return min(max(Int(part * Double(Self.levelCount)), 0), Self.levelCount - 1)
  }

  /// The colour of a number.
  static func colour(ofLevel level: Int) -> String {
    let place = Double(level) / Double(levelCount - 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    let part = place - Double(index)
    let (a, b) = (stops[index], stops[index + 1])
    let channels = [(a.0, b.0), (a.1, b.1), (a.2, b.2)].map { from, to in
      Int((from + part * (to - from)).rounded())
    }
    return "#" + channels.map { hexadecimal($0) }.joined()
  }

  /// The strip at the right of a plot, with its marks and what it shows.
  func drawn(beside plot: Plot, _ pen: Pen) -> [String] {
    let mark = Markup.number
    let left = plot.x.ends.1 + Self.gap
    let right = left + Self.stripWidth
    let step = (plot.bottom - plot.top) / Double(Self.levelCount)
    // From the top, each down to the bottom: no seams are seen between them.
    var parts = (0..<Self.levelCount).reversed().map { level in
      let y = plot.bottom - Double(level + 1) * step
      return "<path fill=\"\(Self.colour(ofLevel: level))\" shape-rendering=\"crispEdges\" "
        + "d=\"M\(mark(left)) \(mark(y))H\(mark(right))V\(mark(plot.bottom))H\(mark(left))z\"/>"
    }
    let scale = Scale(.linear, domain, from: plot.bottom, to: plot.top)
    for tick in scale.ticks {
      guard let label = tick.label else { continue }
      parts.append(
        pen.text(label, x: right + 3, y: scale.place(tick.value) + 2.4, as: .tick))
    }
    guard !words.isEmpty else { return parts }
    let middle = (plot.top + plot.bottom) / 2
    return parts + [
      pen.text(
        words, x: Sheet.width - 2, y: middle, as: .label, anchor: .middle, isUpright: true)
    ]
  }

  private static func hexadecimal(_ byte: Int) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
