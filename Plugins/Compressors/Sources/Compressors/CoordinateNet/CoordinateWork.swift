/// What generating takes, in units of 0.02 ns of a core; constants are from measurements.
extension CoordinateGenerator {
  /// The work of all weights, and of a gradient's way back, which makes the weights again.
  static func work(
    _ layers: SineLayers, weightCount: Int
  ) -> (generating: Double, pullingBack: Double) {
    let forward = 2 * Double(layers.multiplyAdds) + 20 * Double(layers.sineCount) + 20
    let backward = 3 * forward + 20 * Double(layers.sineCount)
    return (forward * Double(weightCount), backward * Double(weightCount))
  }
}
