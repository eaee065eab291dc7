internal import QHostRuntime

/// How long cells take, learnt from those that are finished.
struct Pace {
  private let width: Int
  private let sharing: Int
  private var sums: [Int: (seconds: Double, count: Int)] = [:]
  private var whole = (seconds: 0.0, count: 0)
  /// Seconds of all cells that were asked for last, kept while only their number falls.
  private var last: (count: Int, seconds: Double)?

  /// Knows nothing yet; `width` is the number of combinations, of which `sharing` share a training.
  init(width: Int, sharing: Int) {
    self.width = width
    self.sharing = sharing
  }

  /// Takes a finished cell into account.
  mutating func note(_ result: CellResult) {
    let seconds = result.run.cost.seconds
    let place = (result.cell - 1) % width
    let sum = sums[place] ?? (0, 0)
    sums[place] = (sum.seconds + seconds, sum.count + 1)
    whole = (whole.seconds + seconds, whole.count + 1)
    last = nil
  }

  /// Seconds that cells still take, one after the other; `nil` while no cell is finished.
  mutating func remaining(
    _ pending: ArraySlice<Int>, _ active: [WorkerCrew.Activity]
  ) -> Double? {
    guard whole.count > 0 else { return nil }
    let now = active.reduce(0) { $0 + max(0, mean(of: $1.number) - $1.seconds) }
    if let last, last.count == pending.count { return last.seconds + now }
    let rest = pending.reduce(0) { $0 + mean(of: $1) } / Double(sharing)
    last = (pending.count, rest)
    return rest + now
  }

  private func mean(of cell: Int) -> Double {
    let sum = sums[(cell - 1) % width] ?? whole
    return sum.seconds / Double(sum.count)
  }
}
