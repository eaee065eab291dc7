internal import QHostBridging
internal import QHostInterfaces

extension ComponentPlan {
  /// Makes an optimizer for two real parameters between bounds, and forgets it.
  ///
  /// - Parameter common: what all components have in common.
  /// - Returns: why it cannot be made on this machine; `nil` when it can, or refuses that problem only.
  public func obstacle(_ common: RunServices.Common) -> String? {
    let problem = Problem(
      queries: [.points, .gradient, .cuts], initial: [0, 0], lower: [-1, -1], upper: [1, 1])
    do throws(ComponentError) {
      _ = try optimizer(common, problem)
      return nil
    } catch {
      guard error.kind != .parameter else { return nil }
      let prefix = "\(component.culprit): "
      return error.message.hasPrefix(prefix)
        ? String(error.message.dropFirst(prefix.count)) : error.message
    }
  }
}
