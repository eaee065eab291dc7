public import QHostInterfaces

/// An optimizer with options, for suites that all of a plugin pass.
public struct EveryOptimizer: Sendable, CustomStringConvertible {
  /// Its type.
  public let kind: any (OptimizerComponent & SendableMetatype).Type
  /// What differs from its defaults.
  public let changes: [String: ParameterValue]

  /// Makes a case of a suite.
  public init(
    _ kind: any (OptimizerComponent & SendableMetatype).Type,
    _ changes: [String: ParameterValue] = [:]
  ) {
    self.kind = kind
    self.changes = changes
  }

  /// Name and options.
  public var description: String {
    kind.descriptor.name
      + changes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
  }
}

/// A bowl with ripples, different for each batch, that is infeasible in a corner.
public func bowl(_ x: ArraySlice<Double>, _ batch: Int) -> (loss: Double, gradient: [Double]) {
  let centre = 0.3 * Double(batch % 5)
  let loss = x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  let corner = x.allSatisfy { $0 > 1.5 }
  return (corner ? .infinity : loss, x.map { 2 * ($0 - centre) })
}
