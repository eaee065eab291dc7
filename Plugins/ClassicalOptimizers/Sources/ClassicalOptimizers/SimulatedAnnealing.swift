public import QHostInterfaces
import QHostNumerics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Simulated annealing: a random walk that goes up by Δ with probability exp(−Δ/T) while T falls.
///
/// The initial temperature is that at which a part χ₀ of the steps up from the initial point would
/// be accepted: T₀ = mean Δ⁺/ln(1/χ₀), from sampled steps.
///
/// Sources: Metropolis et al. 1953; Kirkpatrick, Gelatt, Vecchi, *Optimization by simulated
/// annealing*, Science 1983; step widths: Corana, Marchesi, Martini, Ridella, ACM TOMS 1987; Cauchy
/// steps: Szu, Hartley, Physics Letters A 1987; initial temperature: Johnson et al., Operations
/// Research 1989.
///
/// *Deviations*: widths adapt after each step, not each 20. With minibatches the current point is
/// evaluated again whenever the batch changes. Where cuts are fast a step of one coordinate is a cut
/// through the current point.
public final class SimulatedAnnealing: OptimizerComponent {
  /// Measured on MNIST: of smaller batches the many steps that cuts allow learn the noise.
  public static let preferredBatchRows = 8192

  private enum Restart: String {
    case current, best, random
  }

  enum Pending: Int {
    case sample, candidate, both
  }

  let problem: Problem
  let host: any HostServices
  private let cooling: CoolingSchedule
  private let cycleCount: Int
  private let restart: Restart
  private let batchStretch: Int
  private let acceptedAtStart: Double
  let sampleCount: Int
  private var distribution: InitialDistribution
  /// Whether steps of one coordinate are asked for as cuts.
  let usesCuts: Bool
  /// After this many cuts the loss at their base point is asked for again.
  let cutStretch: Int

  let proposal: AnnealingProposal
  var random: RandomStream
  var current: CutBase
  var currentLoss = Double.infinity
  var best: [Double]
  var bestLoss = Double.infinity
  var initialTemperature: Double
  var isStarted = false
  var cycle = 0
  var phase = 0.0
  var candidatesOfCycle = 0
  var candidatesOfBatch = 0
  /// Cuts since the loss at their base point was asked for.
  var cutsOfBase = 0
  var polish: Polish
  var progress = 0.0

  // What the last query was; no part of the state, since states are saved between queries.
  var pending = Pending.sample
  var candidate: [Double]
  var candidateValue = 0.0
  /// How far the candidate of a cut is; `nil` where it was asked for as a point.
  var candidateOffset: Double?

  /// Makes an instance at the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    self.problem = problem
    host = request.host
    cooling = CoolingSchedule(configuration)
    cycleCount = configuration.integer("cycles")
    // Losses of different minibatches do not tell which point is best.
    let asked = Restart(rawValue: configuration.choice("cycle_start")) ?? .best
    restart = asked == .best && problem.hasMinibatches ? .current : asked
    batchStretch = problem.hasMinibatches ? configuration.integer("batch_stretch") : .max
    acceptedAtStart = configuration.real("initial_acceptance")
    initialTemperature = configuration.real("initial_temperature")
    sampleCount = initialTemperature > 0 ? 0 : configuration.integer("initial_samples")
    distribution = InitialDistribution(problem: problem, host: request.host)
    proposal = AnnealingProposal(configuration, problem: problem)
    usesCuts = problem.answersFastCuts && proposal.isMostlySingle && !proposal.swaps
    cutStretch = max(problem.dimension, Self.shortestCutStretch)
    polish = try Polish(configuration, problem)
    random = RandomStream(host: request.host)
    current = CutBase(problem.initial)
    best = problem.initial
    candidate = problem.initial
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    if polish.isActive || polish.begins(progress: progress) { return polish.ask(&query) }
    defer { polish.note(query) }
    pending = isStarted ? .candidate : .sample
    if candidatesOfBatch >= batchStretch {
      query.batch = .next
      candidatesOfBatch = 0
      pending = .both
    }
    if phase >= 1 && cycle + 1 < cycleCount { startCycle() }
    proposal.choose(&random)
    guard usesCuts, proposal.isSingle else { return askPoints(&query) }
    askCuts(&query)
  }

  private func startCycle() {
    cycle += 1
    phase = 0
    candidatesOfCycle = 0
    proposal.reset()
    switch restart {
    case .current: return
    case .best:
      current.replace(with: best)
      currentLoss = bestLoss
      cutsOfBase = cutStretch
    case .random:
      var point: [Double] = []
      distribution.append(1, to: &point, step: UInt64(cycle))
      current.replace(with: point)
      pending = .both
    }
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    progress = answer.progress
    answer.renew(&currentLoss)
    answer.renew(&bestLoss)
    polish.renew(answer)
    defer { phase = min(max(progress * Double(cycleCount) - Double(cycle), 0), 1) }
    if polish.isActive { return try tellPolish(answer.losses) }
    polish.note(answer.losses, base: current.point)
    switch pending {
    case .sample: start(answer.losses)
    case .candidate: decide(answer.losses[0])
    case .both:
      currentLoss = answer.losses[0]
      keepBest()
      decide(answer.losses[1])
    }
  }

  /// After a local descent the walk continues from where it ended.
  private func tellPolish(_ losses: [Double]) throws(ComponentError) {
    guard try polish.tell(losses, progress: progress) else { return }
    current.replace(with: polish.best)
    currentLoss = polish.bestLoss
    cutsOfBase = cutStretch
    keepBest()
  }

  private func start(_ losses: [Double]) {
    isStarted = true
    currentLoss = losses[0]
    keepBest()
    guard sampleCount > 0 else { return }
    let reference = losses.filter(\.isFinite).min() ?? 0
    let base = currentLoss.isFinite ? currentLoss : reference
    let climbs = losses.dropFirst().map { $0 - base }.filter { $0 > 0 && $0.isFinite }
    // A flat neighbourhood gives no scale: any temperature accepts all of its steps.
    guard !climbs.isEmpty else { return initialTemperature = 1 }
    initialTemperature = climbs.reduce(0, +) / Double(climbs.count) / -log(acceptedAtStart)
  }

  /// The Metropolis rule.
  private func decide(_ loss: Double) {
    let climb = loss - currentLoss
    let ratio = cooling.ratio(progress: phase, candidateCount: candidatesOfCycle)
    // Between infeasible points the difference is not a number, and the walk continues.
    let accepted =
      !(climb > 0) || random.uniform() < exp(-climb / (initialTemperature * ratio))
    candidatesOfCycle += 1
    candidatesOfBatch += 1
    if accepted {
      currentLoss = loss
      moveToCandidate()
      keepBest()
    }
    proposal.adapt(accepted: accepted)
  }

  private func moveToCandidate() {
    if let candidateOffset {
      current.move(proposal.index, by: candidateOffset)
    } else if proposal.isSingle {
      current.place(candidateValue, at: proposal.index)
    } else {
      current.swap(with: &candidate)
    }
  }

  private func keepBest() {
    guard cycleCount > 1, restart == .best, currentLoss < bestLoss else { return }
    bestLoss = currentLoss
    best.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: current.point) }
  }

  /// The current point with minibatches, else the best point that the host has seen.
  public func recommendation() throws(ComponentError) -> [Double]? {
    problem.hasMinibatches ? current.point : nil
  }
}
