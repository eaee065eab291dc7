import QHostInterfaces

/// Noise in the sums of units with two outputs, which makes the loss along their weights smooth.
extension Tunneling {
  /// The weights of each unit, which are cut one after the other under noise; empty without.
  ///
  /// - Throws: where there are no minibatches: losses under noise are not those of the recommended point.
  static func runs(
    _ settings: TunnelingSettings, _ problem: Problem, _ coordinates: [Int]
  ) throws(ComponentError) -> [[Int]] {
    guard settings.noiseStart > 0 else { return [] }
    guard problem.hasMinibatches else {
      throw .parameter(
        "noise_start is \(settings.noiseStart), and there are no minibatches; set noise_start to 0, or "
          + "the batch size below the \(problem.rowCount) rows")
    }
    return problem.blocks.isEmpty
      ? [coordinates] : SweepOrder.rows(of: problem.blocks, coordinates)
  }
}

extension TunnelingSettings {
  /// The width of the noise at a part of the budget.
  func noise(progress: Double) -> Double {
    noiseStart > 0 ? annealed(from: noiseStart, to: noiseEnd, progress: progress) : 0
  }
}
