internal import QHostRuntime

extension ComparisonSummary {
  /// What the models of a combination do on its target.
  public struct Deployment: Encodable, Sendable {
    /// The part of the rows whose class is right there.
    public var accuracy: Figure?
    /// The part of the rows whose class is that of the host's own model.
    public var agreement: Figure?
    /// Bytes of code.
    public var bytes: Figure?
    /// Mean cycles of a row.
    public var cycles: Figure?

    /// Sums up the runs of a combination; `nil` when none was deployed.
    init?(_ results: [CellResult]) {
      let deployments = results.compactMap(\.run.deployment)
      guard !deployments.isEmpty else { return nil }
      accuracy = Figure(deployments.compactMap(\.accuracy))
      agreement = Figure(deployments.compactMap(\.agreement))
      bytes = Figure(deployments.map { Double($0.bytes) })
      cycles = Figure(deployments.compactMap(\.cycles?.mean))
    }
  }
}
