/// The shape that marks a combination's curve, so that it is known without its colour.
public enum Marker: CaseIterable, Sendable {
  case triangleDown, plus, square, cross, star, diamond
  case openDiamond, openTriangle, openCircle, triangle, circle, openSquare

  /// How the shape is made visible.
  enum Style {
    /// Its inside is painted.
    case filled
    /// Its outline is, on the background.
    case outlined
    /// It is strokes.
    case stroked
  }

  var style: Style {
    switch self {
    case .plus, .cross, .star: .stroked
    case .openDiamond, .openTriangle, .openCircle, .openSquare: .outlined
    default: .filled
    }
  }

  /// The shape around a place, as a path's data.
  func path(x: Double, y: Double) -> String {
    switch self {
    case .circle, .openCircle: Self.circle(x, y)
    case .square, .openSquare:
      Self.polygon(x, y, [(-1.9, -1.9), (1.9, -1.9), (1.9, 1.9), (-1.9, 1.9)])
    case .diamond, .openDiamond: Self.polygon(x, y, [(0, -2.8), (2.8, 0), (0, 2.8), (-2.8, 0)])
    case .triangle, .openTriangle: Self.polygon(x, y, [(0, -2.6), (2.5, 1.8), (-2.5, 1.8)])
    case .triangleDown: Self.polygon(x, y, [(0, 2.6), (2.5, -1.8), (-2.5, -1.8)])
    case .plus: Self.strokes(x, y, [(2.6, 0), (0, 2.6)])
    case .cross: Self.strokes(x, y, [(2, 2), (2, -2)])
    case .star: Self.strokes(x, y, [(2.6, 0), (1.3, 2.2), (1.3, -2.2)])
    }
  }

  private static func circle(_ x: Double, _ y: Double) -> String {
    "M\(Markup.number(x - 2.1)) \(Markup.number(y))a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0-4.2 0z"
  }

  private static func polygon(_ x: Double, _ y: Double, _ corners: [(Double, Double)]) -> String {
    let places = corners.map { "\(Markup.number(x + $0.0)) \(Markup.number(y + $0.1))" }
    return "M\(places.joined(separator: "L"))z"
  }

  /// Lines through the place, each from one end to the opposite one.
  private static func strokes(_ x: Double, _ y: Double, _ ends: [(Double, Double)]) -> String {
    ends.map { end in
      "M\(Markup.number(x - end.0)) \(Markup.number(y - end.1))"
        + "L\(Markup.number(x + end.0)) \(Markup.number(y + end.1))"
    }.joined()
  }
}
