internal import QHostBridging
public import QHostRuntime

extension JournalHeader {
  /// The header of a comparison that begins now, on this machine.
  ///
  /// - Parameters:
  ///   - grid: what is compared.
  ///   - survey: what was found of it.
  ///   - shard: the part that is done.
  ///   - arguments: the command line.
  /// - Throws: when the plan cannot be written as JSON.
  public init(
    _ grid: Grid, survey: Survey, shard: Shard, arguments: [String]
  ) throws(RunError) {
    plan = grid.plan
    planHash = try grid.plan.hash()
    self.shard = shard
    cells = grid.cellCount
    combinations = grid.combinations.map(\.labels)
    skipped = survey.skipped
    hostVersion = HostTable.version
    plugins = grid.plugins
    datasets = survey.datasets
    starts = survey.starts.isEmpty ? nil : survey.starts
    machine = .current()
    self.arguments = arguments
    started = Timestamp.now()
  }
}
