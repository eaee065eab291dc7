import QHostRuntime

/// What a comparison would do, for people.
struct DryRun {
  private let grid: Grid
  private let survey: Survey
  private let shard: Shard
  private let estimate: Estimate
  private let jobs: Int

  init(_ grid: Grid, survey: Survey, shard: Shard, estimate: Estimate, jobs: Int) {
    self.grid = grid
    self.survey = survey
    self.shard = shard
    self.estimate = estimate
    self.jobs = jobs
  }

  /// Some lines of text.
  var text: String {
    let skipped = Set(survey.skipped.map(\.labels))
    let works = grid.combinations.filter { !skipped.contains($0.labels) }
    let cells = works.count * grid.plan.seeds.count
    let mine = grid.cells(in: shard).count { !skipped.contains(grid.cell($0).labels) }
    var lines = works.map { "  \($0.labels.text)" }
    lines.append(
      "\(cells) cells: \(works.count) combinations x \(grid.plan.seeds.count) seeds"
        + (shard == .whole ? "" : "; \(mine) of them in shard \(shard.index)/\(shard.count)"))
    lines.append(
      "about \(Numbers.duration(estimate.seconds / Double(min(jobs, max(mine, 1))))) with \(jobs) jobs, "
        + "\(Numbers.duration(estimate.seconds)) of runs (from \(estimate.probedCount) short probes"
        + "\(hasTarget ? "; less where runs reach the target" : ""))")
    return lines.joined(separator: "\n")
  }

  private var hasTarget: Bool {
    grid.plan.budget.untilLoss != nil || grid.plan.budget.untilAccuracy != nil
  }
}
