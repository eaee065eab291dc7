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
/// evaluated again whenever the batch changes.
public final class SimulatedAnnealing: OptimizerComponent {
  /// Enough rows to tell which of two losses is lower.
  public static let preferredBatchRows = 1024

  private enum Restart: String {
    case current, best, random
  }

  private enum Pending: Int {
    case sample, candidate, both
  }

  private let problem: Problem
  private let host: any HostServices
  private let cooling: CoolingSchedule
  private let cycleCount: Int
  private let restart: Restart
  private let batchStretch: Int
  private let acceptedAtStart: Double
  private let sampleCount: Int
  private var distribution: InitialDistribution

  private let proposal: AnnealingProposal
  private var random: RandomStream
  private var current: [Double]
  private var currentLoss = Double.infinity
  private var best: [Double]
  private var bestLoss = Double.infinity
  private var initialTemperature: Double
  private var isStarted = false
  private var cycle = 0
  private var phase = 0.0
  private var candidatesOfCycle = 0
  private var candidatesOfBatch = 0
  private var polish: Polish
  private var progress = 0.0

  // What the last query was; no part of the state, since states are saved between queries.
  private var pending = Pending.sample
  private var candidate: [Double]
  private var candidateValue = 0.0

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
    polish = try Polish(configuration, problem)
    random = RandomStream(host: request.host)
    current = problem.initial
    best = problem.initial
    candidate = problem.initial
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    if polish.isActive || polish.begins(progress: progress) { return polish.ask(&query) }
    defer { polish.note(query) }
    guard isStarted else {
      query.points.append(contentsOf: current)
      for _ in 0..<sampleCount { appendCandidate(to: &query.points) }
      pending = .sample
      return
    }
    pending = .candidate
    if candidatesOfBatch >= batchStretch {
      query.batch = .next
      candidatesOfBatch = 0
      pending = .both
    }
    if phase >= 1 && cycle + 1 < cycleCount { startCycle() }
    if pending == .both { query.points.append(contentsOf: current) }
    appendCandidate(to: &query.points)
  }

  /// Draws a candidate and adds it to `points`.
  private func appendCandidate(to points: inout [Double]) {
    let first = points.count
    points.append(contentsOf: current)
    if proposal.isSingle {
      candidateValue = proposal.coordinateStep(from: current, random: &random)
      points[first + proposal.index] = candidateValue
      return
    }
    points.withUnsafeMutableBufferPointer { points in
      proposal.step(.init(rebasing: points[first...]), random: &random)
    }
    candidate.withUnsafeMutableBufferPointer { candidate in
      _ = candidate.update(fromContentsOf: points[first...])
    }
  }

  private func startCycle() {
    cycle += 1
    phase = 0
    candidatesOfCycle = 0
    proposal.reset()
    switch restart {
    case .current: return
    case .best:
      current = best
      currentLoss = bestLoss
    case .random:
      current.removeAll(keepingCapacity: true)
      distribution.append(1, to: &current, step: UInt64(cycle))
      pending = .both
    }
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    progress = answer.progress
    defer { phase = min(max(progress * Double(cycleCount) - Double(cycle), 0), 1) }
    if polish.isActive { return try tellPolish(answer.losses) }
    polish.note(answer.losses)
    switch pending {
    case .sample: start(answer.losses)
    case .candidate: decide(answer.losses[0])
    case .both:
      currentLoss = answer.losses[0]
      keepBest()
      decide(answer.losses[1])
    }
  }

  /// After a local descent the walk goes on from where it ended.
  private func tellPolish(_ losses: [Double]) throws(ComponentError) {
    guard try polish.tell(losses, progress: progress) else { return }
    current = polish.best
    currentLoss = polish.bestLoss
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
    // Between infeasible points the difference is no number, and the walk goes on.
    let accepted =
      !(climb > 0) || random.uniform() < exp(-climb / (initialTemperature * ratio))
    candidatesOfCycle += 1
    candidatesOfBatch += 1
    if accepted {
      currentLoss = loss
      if proposal.isSingle {
        current[proposal.index] = candidateValue
      } else {
        swap(&current, &candidate)
      }
      keepBest()
    }
    proposal.adapt(accepted: accepted)
  }

  private func keepBest() {
    guard cycleCount > 1, restart == .best, currentLoss < bestLoss else { return }
    bestLoss = currentLoss
    best.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: current) }
  }

  /// The current point with minibatches, else the best point that the host has seen.
  public func recommendation() throws(ComponentError) -> [Double]? {
    problem.hasMinibatches ? current : nil
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 2)
    proposal.save(&writer)
    random.save(&writer)
    writer.write(current)
    writer.write(currentLoss)
    writer.write(best)
    writer.write(bestLoss)
    writer.write(initialTemperature)
    writer.write(isStarted)
    writer.write(cycle)
    writer.write(phase)
    writer.write(candidatesOfCycle)
    writer.write(candidatesOfBatch)
    writer.write(progress)
    polish.save(&writer)
    return writer.bytes
  }

  /// Goes on from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 2)
    try proposal.load(&reader)
    random = try RandomStream.load(&reader, host: host)
    current = try reader.readReals(count: current.count)
    currentLoss = try reader.readReal()
    best = try reader.readReals(count: best.count)
    bestLoss = try reader.readReal()
    initialTemperature = try reader.readReal()
    isStarted = try reader.readBoolean()
    cycle = try reader.readInteger()
    phase = try reader.readReal()
    candidatesOfCycle = try reader.readInteger()
    candidatesOfBatch = try reader.readInteger()
    progress = try reader.readReal()
    try polish.load(&reader)
    try reader.finish()
  }
}
