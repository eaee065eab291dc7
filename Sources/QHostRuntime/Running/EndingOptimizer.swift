package import QHostInterfaces

/// An optimizer whose work continues by itself until it is told that the run is over.
///
/// What it recommends is known only then.
package protocol EndingOptimizer: Optimizer {
  /// Ends its work, and waits for that.
  func end()
}
