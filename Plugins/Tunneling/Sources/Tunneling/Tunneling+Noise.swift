import QHostInterfaces

/// Noise in the sums of units with two outputs, which makes the loss along their weights smooth.
extension Tunneling {
  /// The weights of each unit, where several of them are cut one after the other; empty where all are mixed.
  ///
  /// - Throws: where there are no minibatches: losses under noise are not those of the recommended point.
  static func runs(
    _ settings: TunnelingSettings, _ problem: Problem, _ coordinates: [Int]
  ) throws(ComponentError) -> [[Int]] {
    guard settings.noiseStart > 0 || settings.unitRun > 1 else { return [] }
    guard settings.noiseStart == 0 || problem.hasMinibatches else {
      throw .parameter(
        "noise_start is \(settings.noiseStart), and there are no minibatches; set noise_start to 0, or "
          + "the batch size below the \(problem.rowCount) rows")
    }
    return problem.blocks.isEmpty
      ? [coordinates] : SweepOrder.rows(of: problem.blocks, coordinates)
  }
}

extension TunnelingSettings {
  /// How many weights of a unit follow one another, where any do: all of them under noise, unless the user says otherwise.
  var runLength: Int { unitRun > 1 ? unitRun : .max }

  /// The width of the noise at a part of the budget.
  func noise(progress: Double) -> Double {
    noiseStart > 0 ? annealed(from: noiseStart, to: noiseEnd, progress: progress) : 0
  }
}
