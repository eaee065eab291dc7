/// What generating takes, in units of 0.02 ns of a core; constants are from measurements.
extension CoordinateGenerator {
  /// The work of all weights, and of a gradient's way back, which makes the weights again.
  static func work(
    _ layers: SineLayers, weightCount: Int
  ) -> (generating: Double, pullingBack: Double) {
    let (products, sines) = (Double(layers.multiplyAdds), Double(layers.sineCount))
    let forward = 0.5 * products + 15 * sines + 170
    let backward = 3.5 * products + 15 * sines + 170
    return (forward * Double(weightCount), backward * Double(weightCount))
  }
}
