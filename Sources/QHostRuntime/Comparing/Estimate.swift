/// How long a comparison may take, from a short run of each kind.
public struct Estimate: Sendable {
  /// Seconds that all probes may take together.
  private static let probeSeconds = 1.0
  /// A shorter probe says nothing.
  private static let leastSeconds = 0.04

  /// Seconds of all cells, one after the other; an upper bound where runs end at a target.
  public let seconds: Double
  /// Combinations that were tried.
  public let probedCount: Int

  /// Probes combinations: all, or evenly chosen ones when there are many.
  public init(_ grid: Grid, survey: Survey, cells: [Int], crew: WorkerCrew) throws(RunError) {
    let open = grid.combinations.indices.filter { survey.works[$0] }
    let most = Int(Self.probeSeconds / Self.leastSeconds)
    let step = max(1, (open.count + most - 1) / most)
    let chosen = stride(from: 0, to: open.count, by: step).map { open[$0] }
    var pending = chosen[...]
    var whole: [Int: Double] = [:]
    try crew.perform(
      next: { _ in
        pending.popFirst().map {
          grid.request(
            .probe, combination: $0, seconds: Self.probeSeconds / Double(chosen.count))
        }
      }, tick: { _ in },
      finished: { (request, outcome) throws(RunError) in
        guard case .done(.probed(let probe)) = outcome else { return }
        whole[request.cell.number] = probe.seconds / max(probe.fraction, 1e-9)
      })
    probedCount = whole.count
    let mean = whole.values.reduce(0, +) / Double(max(whole.count, 1))
    let works = cells.filter { survey.works[grid.combinationIndex(of: $0)] }
    var last = 0
    seconds = works.reduce(0) { sum, cell in
      defer { last = grid.training(of: cell) }
      guard grid.training(of: cell) != last else { return sum }
      return sum + (whole[grid.combinationIndex(of: cell)] ?? mean)
    }
  }
}
