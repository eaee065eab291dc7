package import QHostRuntime

/// Which cells are tried for how long, so that an ``Estimate`` knows of all kinds of them.
package struct ProbeQueue {
  /// A combination that is to be tried.
  package struct Request: Sendable {
    /// Its place.
    package var combination: Int
    /// The run, which ends early.
    package var specification: RunSpecification
  }

  /// Trials of a combination at most; each for a part of its time.
  private static let trialCount = 12
  /// A shorter trial says nothing of a long run.
  private static let leastSeconds = 0.04

  private let grid: Grid
  private let deadline: Double
  /// Seconds of a combination's trials.
  private let share: Double
  private var pending: ArraySlice<Int>
  private var requestCounts: [Int: Int] = [:]
  /// What was found, by combination.
  package private(set) var trials: [Int: [CellCost.Trial]] = [:]

  /// Makes a queue.
  ///
  /// - Parameters:
  ///   - grid: the combinations.
  ///   - combinations: the places of those that work.
  ///   - seconds: how long all trials may take, with all workers at work.
  ///   - jobs: the number of workers.
  ///   - now: the time.
  package init(
    _ grid: Grid, combinations: [Int], seconds: Double, jobs: Int, now: Double
  ) {
    self.grid = grid
    deadline = now + seconds
    share = max(
      2 * Self.leastSeconds, seconds * Double(jobs) / Double(max(combinations.count, 1)))
    pending = Self.spread(combinations)[...]
  }

  /// The next trial for a worker; `nil`: it is not needed any more.
  ///
  /// A combination is tried again at once by the worker that has just done it: what that loaded is there.
  ///
  /// - Parameters:
  ///   - last: the combination that the worker has done last.
  ///   - now: the time.
  /// - Returns: a run that ends early.
  package mutating func next(after last: Int?, now: Double) -> Request? {
    if let last, wants(last, now) { return request(last) }
    guard now < deadline else { return nil }
    return pending.popFirst().map { request($0) }
  }

  /// Takes what was found.
  package mutating func note(_ trial: CellCost.Trial, of combination: Int) {
    trials[combination, default: []].append(trial)
  }

  private func wants(_ combination: Int, _ now: Double) -> Bool {
    let done = trials[combination] ?? []
    guard let first = done.first, done.count == requestCounts[combination] else { return false }
    let spent = done.reduce(0) { $0 + $1.seconds }
    // What was loaded the first time must not count for every cell.
    if done.count == 1 { return now < deadline || first.seconds < share }
    return done.count < Self.trialCount && spent < share && now < deadline
  }

  private mutating func request(_ combination: Int) -> Request {
    let count = requestCounts[combination, default: 0]
    requestCounts[combination] = count + 1
    let seeds = grid.plan.seeds
    var specification = grid.combinations[combination].specification
    specification.seed = seeds[count % seeds.count]
    // A worker does not train again what differs in its target alone.
    if seeds.count == 1, specification.target != nil { specification.seed &+= UInt64(count) }
    let limit = max(Self.leastSeconds, share / 2)
    specification.budget.maxSeconds = min(specification.budget.maxSeconds ?? .infinity, limit)
    return Request(combination: combination, specification: specification)
  }

  /// The same places in an order whose beginning, wherever it is cut off, has some of everywhere.
  private static func spread(_ places: [Int]) -> [Int] {
    let count = places.count
    guard count > 2 else { return places }
    var step = Int(0.618 * Double(count))
    while greatestCommonDivisor(step, count) != 1 { step += 1 }
    return (0..<count).map { places[$0 * step % count] }
  }

  private static func greatestCommonDivisor(_ one: Int, _ other: Int) -> Int {
    other == 0 ? one : greatestCommonDivisor(other, one % other)
  }
}
