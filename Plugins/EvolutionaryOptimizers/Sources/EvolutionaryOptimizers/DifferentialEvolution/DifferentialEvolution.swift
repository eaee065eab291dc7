public import QHostInterfaces
import QHostNumerics

/// Differential evolution: individuals move along differences of others, by factors that succeeded.
///
/// v = x + F(x_best − x) + F(x₁ − x₂), x_best one of the best pN, x₁ of the population, x₂ of it or of the
/// archive; the trial takes each coordinate of v with probability CR and replaces x when its loss is no
/// higher. N falls from its first value to 4 as the budget is spent.
///
/// Sources: Storn, Price, J. Global Optimization 11 (1997) 341; Tanabe, Fukunaga, CEC 2014 (L-SHADE).
///
/// *Deviations*: a population whose losses have become equal starts again, at the size that the budget
/// leaves it. Without a budget N stays.
public final class DifferentialEvolution: OptimizerComponent {
  private static let leastCount = 4

  private let problem: Problem
  private let whole: WholeParameters
  private let host: any HostServices
  private let rows: WholeSplit
  private let firstCount: Int
  private let bestPart: Double
  private let archivePart: Double
  private let reduces: Bool
  private let restarts: Bool
  private let tolerance: Double
  private let historyCount: Int
  private let isBounded: Bool
  private var starts: InitialDistribution
  private var random: RandomStream
  private var population: Population
  private var history: SuccessHistory
  private var generation: UInt64 = 0
  private var noise: RowNoise
  private var beginnings: UInt64 = 0
  private var isStarted = false
  private var isDone = false
  private var wantedCount: Int

  // The trials that are being evaluated; no part of the state.
  private var trials: [Double] = []
  private var factors: [(scale: Double, rate: Double)] = []

  /// Makes an instance whose first generation holds the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    self.problem = problem
    whole = WholeParameters(problem)
    host = request.host
    rows = WholeSplit(problem, request.host, name: "de")
    let asked = configuration.integer("population")
    guard asked == 0 || asked >= Self.leastCount else {
      throw .parameter(
        "population = \(asked) is too small for de; set \(Self.leastCount) or more, or 0")
    }
    firstCount = asked > 0 ? asked : Self.populationCount(dimension: problem.dimension)
    wantedCount = firstCount
    bestPart = configuration.real("best_part")
    archivePart = configuration.real("archive")
    historyCount = configuration.integer("history")
    reduces = configuration.boolean("reduction")
    restarts = configuration.boolean("restarts")
    tolerance = configuration.real("tolerance")
    isBounded = zip(problem.lower, problem.upper).contains { $0.isFinite || $1.isFinite }
    starts = InitialDistribution(problem: problem, host: request.host)
    random = RandomStream(host: request.host)
    population = Population(dimension: problem.dimension)
    history = SuccessHistory(count: historyCount)
    noise = RowNoise(.uniform, width: problem.dimension, host: request.host)
  }

  /// N at the start when users set none.
  static func populationCount(dimension: Int) -> Int { min(max(6 * dimension, 30), 200) }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard !isDone else { return query.finish(.converged) }
    query.batch = rows.batch
    trials.removeAll(keepingCapacity: true)
    isStarted ? breed() : begin()
    let first = query.points.count
    query.points.append(contentsOf: trials)
    whole.round(&query.points, from: first)
  }

  private func begin() {
    var count = wantedCount
    if beginnings == 0 {
      trials.append(contentsOf: problem.initial)
      count -= 1
    }
    starts.append(count, to: &trials, step: beginnings)
  }

  private func breed() {
    let (n, count) = (problem.dimension, population.count)
    population.rank()
    factors.removeAll(keepingCapacity: true)
    trials.append(contentsOf: repeatElement(0, count: count * n))
    let bestCount = min(count, max(2, Int((bestPart * Double(count)).rounded())))
    trials.withUnsafeMutableBufferPointer { trials in
      population.points.withUnsafeBufferPointer { points in
        population.archive.withUnsafeBufferPointer { archive in
          guard let parents = points.baseAddress else { return }
          for index in 0..<count {
            let drawn = history.draw(&random)
            let best = population.order[random.integer(below: bestCount)]
            let (first, second) = pair(beside: index, count: count, of: count + archive.count / n)
            let other =
              second < count
              ? parents + second * n : (archive.baseAddress ?? parents) + (second - count) * n
            factors.append(drawn)
            let trial = UnsafeMutableBufferPointer(
              rebasing: trials[index * n..<(index + 1) * n])
            let place = noise.advance(to: index, of: count, generation: generation)
            noise.values.withUnsafeBufferPointer {
              cross(
                parents + index * n, parents + best * n, parents + first * n, other, drawn,
                .init(rebasing: $0[place..<place + n]), certain: random.integer(below: n),
                into: trial)
            }
            if isBounded { repair(trial, parents + index * n) }
          }
        }
      }
    }
  }

  /// Two others: one of the first `count`, one of all.
  private func pair(beside index: Int, count: Int, of all: Int) -> (Int, Int) {
    var first = random.integer(below: count - 1)
    if first >= index { first += 1 }
    var second = index
    while second == index || second == first { second = random.integer(below: all) }
    return (first, second)
  }

  /// One coordinate at least comes from the mutant.
  @inline(__always)
  private func cross(
    _ x: UnsafePointer<Double>, _ best: UnsafePointer<Double>, _ a: UnsafePointer<Double>,
    _ b: UnsafePointer<Double>, _ drawn: (scale: Double, rate: Double),
    _ uniforms: UnsafeBufferPointer<Double>, certain: Int,
    into trial: UnsafeMutableBufferPointer<Double>
  ) {
    let (f, rate) = drawn
    for i in trial.indices {
      let mutant = x[i] + f * (best[i] - x[i]) + f * (a[i] - b[i])
      trial[i] = uniforms[i] < rate ? mutant : x[i]
    }
    trial[certain] =
      x[certain] + f * (best[certain] - x[certain]) + f * (a[certain] - b[certain])
  }

  /// Beyond a bound: half way between it and the parent.
  private func repair(
    _ trial: UnsafeMutableBufferPointer<Double>, _ parent: UnsafePointer<Double>
  ) {
    problem.lower.withUnsafeBufferPointer { lower in
      problem.upper.withUnsafeBufferPointer { upper in
        for i in trial.indices {
          let (value, low, high) = (trial[i], lower[i], upper[i])
          trial[i] =
            value < low
            ? 0.5 * (low + parent[i]) : value > high ? 0.5 * (high + parent[i]) : value
        }
      }
    }
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    defer { wantedCount = count(at: answer.progress) }
    population.renew(answer)
    generation += 1
    guard isStarted else {
      population.begin(points: trials, losses: answer.losses)
      isStarted = true
      return reduce(at: answer.progress)
    }
    let limit = Int((archivePart * Double(population.count)).rounded())
    for (index, loss) in answer.losses.enumerated() where loss <= population.losses[index] {
      let fall = population.losses[index] - loss
      if fall > 0 {
        history.note(scale: factors[index].scale, rate: factors[index].rate, fall: fall)
      }
      population.replace(index, by: trials, row: index, loss: loss, keeps: limit, &random)
    }
    history.learn()
    reduce(at: answer.progress)
    if population.hasConverged(tolerance: tolerance) { restart() }
  }

  private func reduce(at progress: Double) {
    let size = min(population.count, count(at: progress))
    population.reduce(to: size, archive: Int((archivePart * Double(size)).rounded()), &random)
  }

  private func count(at progress: Double) -> Int {
    guard reduces else { return firstCount }
    let lost = Double(firstCount - Self.leastCount) * min(max(progress, 0), 1)
    return firstCount - Int(lost.rounded())
  }

  private func restart() {
    guard restarts else { return isDone = true }
    beginnings += 1
    isStarted = false
    history = SuccessHistory(count: historyCount)
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write([problem.dimension, firstCount])
    random.save(&writer)
    writer.write(generation)
    writer.write(beginnings)
    writer.write(isStarted)
    writer.write(isDone)
    writer.write(wantedCount)
    history.save(&writer)
    population.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let saved = try reader.readIntegers(count: 2)
    guard saved == [problem.dimension, firstCount] else {
      throw ComponentError(
        "the saved state is of \(saved[1]) individuals of \(saved[0]) parameters, this run has "
          + "\(firstCount) of \(problem.dimension); resume with the configuration that was saved")
    }
    random = try RandomStream.load(&reader, host: host)
    generation = try reader.readWord()
    beginnings = try reader.readWord()
    isStarted = try reader.readBoolean()
    isDone = try reader.readBoolean()
    wantedCount = try reader.readInteger()
    try history.load(&reader)
    try population.load(&reader)
    try reader.finish()
    guard (Self.leastCount...firstCount).contains(wantedCount),
      !isStarted || population.count >= Self.leastCount
    else { throw ComponentError("the saved state has no population; start a new run") }
  }
}
