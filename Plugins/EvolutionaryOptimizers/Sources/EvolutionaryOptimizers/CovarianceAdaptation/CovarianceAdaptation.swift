public import QHostInterfaces
import QHostNumerics

/// CMA-ES: points from a normal distribution whose mean, step size and covariance follow the best.
///
/// Sources: Hansen, *The CMA evolution strategy: a tutorial*, arXiv:1604.00772, with negative weights;
/// Ros, Hansen, PPSN 2008 (diagonal covariance); Auger, Hansen, CEC 2005, and Hansen, GECCO workshop
/// 2009 (restarts). Integers: ``WholeMargins``.
///
/// *Deviations*: points beyond a bound are mirrored back, and the distribution learns from where they
/// were drawn (Biedrzycki, Swarm and Evolutionary Computation 52 (2020) 100627 compares this with other
/// ways). ``FullCovariance``, ``RunEnd`` and the README name the others.
public final class CovarianceAdaptation: OptimizerComponent {
  /// Enough rows to tell which of two losses is lower.
  public static let preferredBatchRows = 1024
  /// Above, a matrix takes longer to learn than most budgets last.
  static let fullLimit = 200
  private static let largestFull = 8192

  private let problem: Problem
  private let space: ScaledSpace
  private let whole: WholeParameters
  private let host: any HostServices
  private let isDiagonal: Bool
  private let isActive: Bool
  private let firstStepSize: Double
  private let tolerance: Double
  private var plan: RestartPlan
  private var distribution: SearchDistribution
  private var runEnd: RunEnd
  private var starts: InitialDistribution
  private var random: RandomStream
  private var drawCount: UInt64 = 0
  private var runEvaluations = 0
  private var isDone = false
  private var order: [Int] = []

  /// Makes an instance whose first mean is the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    let n = problem.dimension
    let covariance = configuration.choice("covariance")
    isDiagonal = covariance == "separable" || (covariance == "auto" && n > Self.fullLimit)
    guard isDiagonal || n <= Self.largestFull else {
      throw .parameter(
        "covariance = full of cma-es would keep \(n)² numbers twice, and takes up to "
          + "\(Self.largestFull) parameters; set covariance = separable")
    }
    self.problem = problem
    space = ScaledSpace(problem)
    whole = WholeParameters(problem)
    host = request.host
    isActive = configuration.boolean("active")
    firstStepSize = configuration.real("sigma")
    tolerance = configuration.real("tolerance")
    let asked = configuration.integer("population")
    let pointCount = asked > 0 ? asked : StrategyConstants.populationCount(dimension: n)
    guard pointCount > 3 else {
      throw .parameter("population = \(asked) is too small for cma-es; set 4 or more, or 0")
    }
    let scheme = RestartPlan.Scheme(rawValue: configuration.choice("restarts")) ?? .none
    plan = RestartPlan(scheme, populationCount: pointCount)
    let model: any CovarianceModel =
      isDiagonal ? DiagonalCovariance(dimension: n) : FullCovariance(dimension: n)
    distribution = SearchDistribution(
      space, model, WholeMargins(problem),
      constants: StrategyConstants(
        dimension: n, populationCount: pointCount, isDiagonal: isDiagonal, isActive: isActive),
      mean: space.units(problem.initial), stepSize: firstStepSize)
    runEnd = RunEnd(dimension: n, populationCount: pointCount, tolerance: tolerance)
    starts = InitialDistribution(problem: problem, host: request.host)
    random = RandomStream(host: request.host)
  }

  private var constants: StrategyConstants {
    StrategyConstants(
      dimension: problem.dimension, populationCount: plan.populationCount, isDiagonal: isDiagonal,
      isActive: isActive)
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard !isDone else { return query.finish(.converged) }
    if problem.hasMinibatches && drawCount > 0 { query.batch = .next }
    distribution.draw(host, step: drawCount, into: &query.points)
    whole.round(&query.points)
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    let losses = answer.losses
    runEnd.renew(answer)
    drawCount += 1
    runEvaluations += losses.count
    if order.count != losses.count { order = Array(losses.indices) }
    order.sort { (losses[$0], $0) < (losses[$1], $1) }
    var isFit = true
    if losses[order[0]].isFinite { isFit = distribution.adapt(order: order) }
    if losses[order[0]] == losses[order[order.count * 7 / 10]] { distribution.widen() }
    let hasEnded = runEnd.note(losses, order: order, distribution)
    if !isFit || hasEnded || runEvaluations >= plan.evaluationLimit { restart() }
  }

  private func restart() {
    guard plan.next(after: runEvaluations, random: &random) else { return isDone = true }
    runEvaluations = 0
    var start: [Double] = []
    starts.append(1, to: &start, step: UInt64(plan.endedCount))
    distribution.restart(
      constants: constants, mean: space.units(start), stepSize: firstStepSize * plan.stepRatio)
    runEnd = RunEnd(
      dimension: problem.dimension, populationCount: plan.populationCount, tolerance: tolerance)
  }

  /// The mean with minibatches, else the best point that the host has seen.
  public func recommendation() throws(ComponentError) -> [Double]? {
    guard problem.hasMinibatches else { return nil }
    var point = distribution.centre
    whole.round(&point)
    return point
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 2)
    random.save(&writer)
    writer.write(drawCount)
    writer.write(runEvaluations)
    writer.write(isDone)
    plan.save(&writer)
    runEnd.save(&writer)
    distribution.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 2)
    random = try RandomStream.load(&reader, host: host)
    drawCount = try reader.readWord()
    runEvaluations = try reader.readInteger()
    isDone = try reader.readBoolean()
    try plan.load(&reader)
    runEnd = RunEnd(
      dimension: problem.dimension, populationCount: plan.populationCount, tolerance: tolerance)
    try runEnd.load(&reader)
    try distribution.load(&reader, constants: constants)
    try reader.finish()
  }
}
