/// A place on the ground, in m.
public struct Point: Sendable, Equatable {
  /// To the east.
  public var x: Double
  /// To the north.
  public var y: Double

  /// Makes a place.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// The distance to another place in m.
  public func distance(to other: Point) -> Double {
    let (dx, dy) = (x - other.x, y - other.y)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// A place `a` moved by another one, `b`.
  public static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }

  /// A place `a` scaled about the origin by the factor `scale`.
  public static func * (scale: Double, a: Point) -> Point { Point(scale * a.x, scale * a.y) }
}
