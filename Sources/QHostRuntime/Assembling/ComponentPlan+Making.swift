internal import QHostBridging
internal import QHostInterfaces

extension ComponentPlan {
  /// Makes its optimizer, here or in a process of its own.
  ///
  /// - Parameters:
  ///   - common: what all components of the run have in common.
  ///   - problem: what it is made for.
  /// - Returns: one that is asked and told.
  /// - Throws: what it throws.
  func optimizer(
    _ common: RunServices.Common, _ problem: Problem
  ) throws(ComponentError) -> any Optimizer {
    if let isolation { return try isolation.optimizer(self, common, problem) }
    let made = try ForeignOptimizer(
      component, request: try request(common, making: nil), problem: problem)
    return made.ownsLoop ? LoopAdapter(made) : made
  }
}
