internal import QHostInterfaces
internal import QHostRandomness

extension Objective {
  /// Refuses noise where there is nothing to smooth, and opens cuts again where it begins or ends.
  func checkNoise(_ query: borrowing Query) throws(ComponentError) {
    if (query.noise > 0) != (cutState.noise != nil) { cutState.isOpen = false }
    guard query.noise > 0 else { return }
    guard hasFastCuts, parts.model.modelDescription.flipUnitCount > 0 else {
      throw .parameter(
        "\(parts.optimizer) smooths cuts by noise in the sums of units with two outputs, of which model "
          + "'\(parts.modelName)' has none here; set the noise to 0, or choose step or sign units")
    }
    guard parts.loss.isKeptByRows else {
      throw .parameter(
        "\(parts.optimizer) smooths cuts by noise, which takes a loss of classes; loss "
          + "'\(parts.loss.rawValue)' is none: set the noise to 0")
    }
  }

  /// New noise, the same for a run that is resumed from here.
  func noise(_ width: Double, after cost: Cost) -> CutNoise {
    CutNoise(
      width: width, key: Philox.key(seed: parts.seed, component: "noise"),
      draw: UInt64(cost.lossRows + cost.gradientRows))
  }
}
