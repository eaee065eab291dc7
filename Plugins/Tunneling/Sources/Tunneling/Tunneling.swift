public import QHostInterfaces
import QHostNumerics

/// Trains parameters as quantum wave packets, one for each, in the loss along it.
///
/// iħ ∂Ψ_i/∂t = [−(ħ²/2m) ∂²/∂x_i² + V_i(x_i)] Ψ_i, V_i the loss with all other parameters at their
/// means (time-dependent Hartree). Imaginary time takes each packet to its ground state; the parameter
/// is then read out as ⟨x_i⟩, or as the mean about the highest peak of several.
///
/// Source: Sellier, Applied AI Letters 4 (2023) e89; US patent application 2025/0356229.
/// *Deviations*: see the plugin's README.
public final class Tunneling: OptimizerComponent {
  /// The component's description.
  public static let descriptor = ComponentDescriptor(
    name: "tunneling",
    summary: "Quantum wave packets, one a parameter, that tunnel through the loss along it.",
    source: "Sellier, Applied AI Letters 4 (2023) e89",
    parameters: parameters,
    dependencies: [
      DependencyDescriptor(
        name: "solver", kind: .solver, defaultComponent: "finite-difference",
        documentation: "Finds the ground states of the packets.")
    ])

  /// Requires cut queries.
  public static let requiredQueries: QueryKinds = .cuts
  /// Measured on MNIST: smaller batches make the cuts too noisy.
  public static let preferredBatchRows = 8192

  let problem: Problem
  let settings: TunnelingSettings
  let solver: any Solver
  let narrow: CutInterpolation
  let wide: CutInterpolation
  let host: any HostServices
  let cutsPerBatch: Int
  /// Whether cuts that stall give way to learned directions.
  let watchesStalls: Bool
  var stall = StallMonitor()
  /// The search by shared samples, once it has begun.
  var search: SharedSearch?
  var polish: Polish
  /// Moves of two packets at once, where parameters are on sites.
  let pairs: PairSearch?
  /// Steps of two integers at once, late in the run.
  var exchanges: Exchanges?
  /// Whole-numbered parameters that moved in this sweep.
  var movedSites = 0
  /// What ``knownLoss`` is the loss of, before infeasible points were ranked.
  var knownWorth = PairSearch.Worth()

  /// Whether any parameter is scanned along its whole domain.
  private(set) lazy var cutsScan = order.order.contains { scans($0) }

  var random: RandomStream
  var order: SweepOrder
  var held: Int?
  var base: CutBase
  var progress = 0.0
  var cutsOnBatch = 0
  /// The loss at the base point on the current rows, where cuts of integers have found it.
  var knownLoss: Double?
  /// Whether the current query leaves out offset 0.
  var skipsZero = false
  /// The packets' means; those of integers lie between sites.
  var means: [Double]
  /// Whether cuts are on the whole training split.
  var isOnFull = false
  var best: BestBase
  var average: [Double]
  var averageWeight = 0.0

  /// What cuts were like so far, for figures.
  var history = CutHistory()

  var cuts: [Cut] = []
  /// What the nodes of a single lattice cut are worth; no part of the state.
  var worths: [PairSearch.Worth] = []
  var potential: CutPotential
  var packets = Packets(packetCount: 1, gridCount: 2, origin: -1, spacing: 1)

  /// Makes an instance for a problem.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let settings = try TunnelingSettings(request.configuration)
    let scanGrid = max(settings.gridCount, 2 * settings.scanOffsetCount - 1)
    self.problem = problem
    self.settings = settings
    solver = request.solver("solver")
    host = request.host
    narrow = CutInterpolation(nodeCount: settings.offsetCount, gridCount: settings.gridCount)
    wide = CutInterpolation(nodeCount: settings.scanOffsetCount, gridCount: scanGrid)
    let movable = (0..<problem.dimension).filter { problem.upper[$0] > problem.lower[$0] }
    order = SweepOrder(
      movable, runs: try Self.runs(settings, problem, movable), runLength: settings.runLength)
    let perBatch = (Double(movable.count) * settings.sweepFraction).rounded(.up)
    cutsPerBatch = Int(min(max(perBatch, 1), 1e15))
    polish = try Polish(request.configuration, problem)
    let builder = try Self.firstBuilder(settings.builder, problem)
    watchesStalls = Self.watchesStalls(settings, problem)
    pairs = PairSearch(problem, limit: settings.scanOffsetCount)
    exchanges = try Self.exchanges(settings, problem)
    random = RandomStream(host: request.host)
    base = CutBase(problem.initial)
    means = problem.initial
    best = BestBase(problem.initial)
    average = problem.initial
    potential = CutPotential(capacity: max(settings.offsetCount, settings.scanOffsetCount))
    if builder != .cut { search = makeSearch(learnsDirections: builder == .subspace) }
  }

  /// Fills `query` with the next cuts, and the moves that the last ones led to; or with points.
  public func ask(_ query: inout Query) throws(ComponentError) {
    if polish.isActive || polish.begins(progress: progress) { return polish.ask(&query) }
    if let search {
      try search.ask(&query)
      return polish.note(query)
    }
    if asksPairs(&query) || asksExchange(&query) { return }
    if progress >= settings.fullFrom { takeAllRows() }
    planCuts()
    guard !cuts.isEmpty else { return query.finish(.converged) }
    base.write(to: &query)
    chooseRows(&query)
    query.noise = settings.noise(progress: progress)
    cutsOnBatch += cuts.count
    skipsZero = knowsZero
    query.offsetCount = cuts[0].nodeCount - (skipsZero ? 1 : 0)
    for cut in cuts {
      query.cutIndices.append(cut.coordinate)
      appendOffsets(of: cut, to: &query)
    }
  }

  /// The next minibatch when it is time, and the whole training split late in the run.
  private func chooseRows(_ query: inout Query) {
    guard problem.hasMinibatches else { return }
    if isOnFull {
      query.batch = .full
    } else if cutsOnBatch >= cutsPerBatch {
      query.batch = .next
      knownLoss = nil
      cutsOnBatch = 0
      takeIntoAverage()
    }
  }

  /// Takes the losses and moves each packet's parameter to its read-out.
  public func tell(_ answer: Answer) throws(ComponentError) {
    renew(answer)
    if try tellPairs(answer) { return }
    if try tellExchange(answer) { return }
    guard search == nil, !polish.isActive else { return try tellPoints(answer) }
    let expected = cuts.reduce(0) { $0 + $1.nodeCount } - (skipsZero ? 1 : 0)
    guard answer.losses.count == expected, expected > 0 else {
      throw ComponentError(
        "the answer has \(answer.losses.count) losses, \(expected) were asked for; "
          + "answer every query once")
    }
    progress = max(progress, answer.progress)
    let losses = completed(answer.losses)
    let loss = losses[cuts[0].zeroNode]
    rememberBest(loss)
    polish.note(base.point, loss)
    try evolvePackets(losses)
    noteHistory(loss)
    noteSites(answer, losses)
    for index in cuts.indices { move(index, losses) }
    noteCandidate()
    watchForStall(loss)
    watchForPairs()
  }

  /// The best base point; with minibatches, whose losses cannot be compared, the mean of late points or
  /// the last one, and the last one where cuts have been on the whole training split since.
  public func recommendation() throws(ComponentError) -> [Double]? {
    if let search { return problem.hasMinibatches ? search.box.point(search.mean) : nil }
    guard problem.hasMinibatches else { return best.loss < .infinity ? best.point : base.point }
    if isOnFull || settings.averaging == 0 || averageWeight == 0 { return settledPoint }
    return average
  }

  /// Brings the losses that are remembered up to date with those of an answer.
  private func renew(_ answer: Answer) {
    guard answer.infeasibleRise != 0 else { return }
    best.renew(answer)
    if var loss = knownLoss {
      answer.renew(&loss)
      knownLoss = loss
    }
    stall.renew(answer)
    polish.renew(answer)
    search?.renew(answer)
  }

  private func rememberBest(_ loss: Double) {
    guard !problem.hasMinibatches else { return }
    best.take(base.point, loss)
  }

  private func takeIntoAverage() {
    guard settings.averaging > 0 else { return }
    averageWeight = settings.averaging * averageWeight + 1
    let part = 1 / averageWeight
    for index in average.indices {
      let value = base.point[index]
      average[index] =
        problem.kinds[index] == .real ? average[index] + part * (value - average[index]) : value
    }
  }
}
