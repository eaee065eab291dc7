public import QHostInterfaces
import QHostNumerics

/// Nelder and Mead's simplex: its worst vertex is reflected, expanded or contracted, or all shrink.
///
/// Reflection 1, expansion 1 + 2/n, contraction ¾ − 1/2n, shrinkage 1 − 1/n for n ≥ 2 parameters, or
/// 1, 2, ½, ½ when not adaptive.
///
/// Sources: Nelder, Mead, The Computer Journal 7 (1965) 308; Gao, Han, *Implementing the Nelder-Mead
/// simplex algorithm with adaptive parameters*, Comput. Optim. Appl. 51 (2012) 259.
///
/// *Deviations*: points beyond a bound are put on it. A simplex whose losses have become equal begins
/// again, from its best point as long as that betters it, else from a random one.
public final class NelderMead: OptimizerComponent {
  private enum Move: Int {
    case begin, reflect, expand, contractOutside, contractInside, shrink
  }
  private enum Restart: String {
    case none, random, mixed
  }

  private static let largestDimension = 4096

  private let problem: Problem
  private let whole: WholeParameters
  private let rows: WholeSplit
  private let restart: Restart
  private let step: Double
  private let tolerance: Double
  private let expansion: Double
  private let contraction: Double
  private let shrinkage: Double
  private var starts: InitialDistribution
  private var simplex: Simplex
  private var move = Move.begin
  private var start: [Double]
  private var reflected: [Double]
  private var reflectedLoss = 0.0
  private var runBest = Double.infinity
  private var restartCount: UInt64 = 0
  private var isDone = false

  // What the last query was; no part of the state.
  private var candidate: [Double]
  private var list: [Double] = []

  /// Makes an instance whose first vertex is the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    guard problem.dimension <= Self.largestDimension else {
      throw .parameter(
        "nelder-mead keeps a point for each of \(problem.dimension) parameters, and takes up to "
          + "\(Self.largestDimension); use cma-es or openai-es")
    }
    let configuration = request.configuration
    self.problem = problem
    whole = WholeParameters(problem)
    rows = WholeSplit(problem, request.host, name: "nelder-mead")
    restart = Restart(rawValue: configuration.choice("restarts")) ?? .mixed
    step = configuration.real("step")
    tolerance = configuration.real("tolerance")
    let n = Double(problem.dimension)
    let isAdaptive = configuration.boolean("adaptive") && problem.dimension > 1
    expansion = isAdaptive ? 1 + 2 / n : 2
    contraction = isAdaptive ? 0.75 - 0.5 / n : 0.5
    shrinkage = isAdaptive ? 1 - 1 / n : 0.5
    starts = InitialDistribution(problem: problem, host: request.host)
    simplex = Simplex(dimension: problem.dimension)
    start = problem.initial
    reflected = start
    candidate = start
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard !isDone else { return query.finish(.converged) }
    query.batch = rows.batch
    let first = query.points.count
    defer { whole.round(&query.points, from: first) }
    switch move {
    case .begin:
      list = firstVertices()
      return query.points.append(contentsOf: list)
    case .shrink:
      list.removeAll(keepingCapacity: true)
      simplex.appendShrunk(shrinkage, to: &list)
      return query.points.append(contentsOf: list)
    case .reflect: simplex.write(1, into: &candidate, problem)
    case .expand: simplex.write(expansion, into: &candidate, problem)
    case .contractOutside: simplex.write(contraction, into: &candidate, problem)
    case .contractInside: simplex.write(-contraction, into: &candidate, problem)
    }
    query.points.append(contentsOf: candidate)
  }

  /// The start, and for each parameter a point one step away, on the side with more room.
  private func firstVertices() -> [Double] {
    var vertices = start
    for i in 0..<problem.dimension {
      // A smaller step of a whole parameter would round to where it came from.
      let least: Double = problem.kinds[i] == .real ? 0 : 1
      let length = max(step * problem.scales[i], least)
      var vertex = start
      let isUpwards =
        start[i] + length <= problem.upper[i]
        || problem.upper[i] - start[i] >= start[i] - problem.lower[i]
      vertex[i] = problem.clamped(start[i] + (isUpwards ? length : -length), at: i)
      vertices.append(contentsOf: vertex)
    }
    return vertices
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    let loss = answer.losses[0]
    simplex.renew(answer)
    answer.renew(&reflectedLoss)
    answer.renew(&runBest)
    switch move {
    case .begin:
      simplex.begin(points: list, losses: answer.losses)
      move = .reflect
    case .shrink:
      simplex.shrink(to: list, losses: answer.losses)
      move = .reflect
    case .reflect: takeReflected(loss)
    case .expand:
      loss < reflectedLoss ? accept(candidate, loss) : accept(reflected, reflectedLoss)
    case .contractOutside:
      if loss <= reflectedLoss { accept(candidate, loss) } else { move = .shrink }
    case .contractInside:
      if loss < simplex.worst { accept(candidate, loss) } else { move = .shrink }
    }
    if move == .reflect, simplex.hasConverged(tolerance: tolerance) { beginAnew() }
  }

  private func takeReflected(_ loss: Double) {
    if loss >= simplex.best && loss < simplex.secondWorst { return accept(candidate, loss) }
    swap(&reflected, &candidate)
    reflectedLoss = loss
    if loss < simplex.best {
      move = .expand
    } else {
      move = loss < simplex.worst ? .contractOutside : .contractInside
    }
  }

  private func accept(_ point: [Double], _ loss: Double) {
    simplex.replaceWorst(by: point, loss: loss)
    move = .reflect
  }

  private func beginAnew() {
    guard restart != .none else { return isDone = true }
    restartCount += 1
    move = .begin
    let gain = runBest - simplex.best
    if restart == .mixed, gain > tolerance * abs(simplex.best) {
      runBest = simplex.best
      start = simplex.bestPoint
    } else {
      runBest = .infinity
      start.removeAll(keepingCapacity: true)
      starts.append(1, to: &start, step: restartCount)
    }
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(move.rawValue)
    writer.write(start)
    writer.write(reflected)
    writer.write([reflectedLoss, runBest])
    writer.write(restartCount)
    writer.write(isDone)
    simplex.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    guard let saved = Move(rawValue: try reader.readInteger()) else {
      throw ComponentError("the saved state has an unknown move; start a new run")
    }
    move = saved
    start = try reader.readReals(count: problem.dimension)
    reflected = try reader.readReals(count: problem.dimension)
    let reals = try reader.readReals(count: 2)
    (reflectedLoss, runBest) = (reals[0], reals[1])
    restartCount = try reader.readWord()
    isDone = try reader.readBoolean()
    try simplex.load(&reader)
    try reader.finish()
    guard move == .begin || !simplex.losses.isEmpty else {
      throw ComponentError("the saved state has no simplex; start a new run")
    }
  }
}
