/// Where a network is changed: a unit, of which one weight may change beside what it does to its sum.
public struct TuningPlace: Sendable {
  /// The unit's layer.
  public var layer: Int
  /// Its place there.
  public var unit: Int
  /// The input whose weight changes; `nil`: none.
  public var input: Int?

  /// Makes a place.
  public init(layer: Int, unit: Int, input: Int? = nil) {
    (self.layer, self.unit, self.input) = (layer, unit, input)
  }
}
