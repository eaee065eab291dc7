public import QHostInterfaces
import QHostNumerics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The evolution strategy of OpenAI: a gradient from the ranks of points on both sides of the mean.
///
/// g = 1/(2Pσ) Σ_k (r_k⁺ − r_k⁻) ε_k over P pairs θ ± σε_k, ε_k standard normal and r the centred ranks of
/// their losses; θ steps along −g by Adam, or with momentum: u ← μu + g, θ ← θ − ηλθ − ηu.
///
/// Source: Salimans, Ho, Chen, Sidor, Sutskever, *Evolution strategies as a scalable alternative to
/// reinforcement learning*, arXiv:1703.03864; antithetic pairs: Geweke, J. Econometrics 38 (1988) 73.
///
/// *Deviations*: steps and σ are in units of the problem's scales. Weight decay is decoupled. Points and
/// mean beyond a bound are put on it. Without minibatches the mean is evaluated with each generation.
public final class EvolutionStrategy: OptimizerComponent {
  private enum Update: String {
    case adam, momentum
  }

  /// Enough rows to tell which of two losses is lower.
  public static let preferredBatchRows = 1024
  private static let normalIndex: UInt64 = 1 << 31 + 2

  private let problem: Problem
  private let space: ScaledSpace
  private let whole: WholeParameters
  private let host: any HostServices
  private let schedule: LearningRateSchedule
  private let pairCount: Int
  private let firstSigma: Double
  private let finalSigmaRatio: Double
  private let update: Update
  private let momentum: Double
  private let weightDecay: Double
  private var mean: [Double]
  private var moments: AdamMoments
  private var velocity: [Double]
  private var generation: UInt64 = 0
  private var progress = 0.0

  // The generation that is being evaluated; no part of the state.
  private var noise: [Double] = []
  private var ranks = CentredRanks()
  private var gradient: [Double]

  /// Makes an instance whose first mean is the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    let n = problem.dimension
    self.problem = problem
    space = ScaledSpace(problem)
    whole = WholeParameters(problem)
    host = request.host
    schedule = try LearningRateSchedule(configuration)
    let asked = configuration.integer("pairs")
    pairCount = asked > 0 ? asked : StrategyConstants.populationCount(dimension: n)
    firstSigma = configuration.real("sigma")
    finalSigmaRatio = configuration.real("sigma_final_ratio")
    update = Update(rawValue: configuration.choice("update")) ?? .adam
    momentum = configuration.real("momentum")
    weightDecay = configuration.real("weight_decay")
    mean = space.units(problem.initial)
    moments = AdamMoments(
      dimension: update == .adam ? n : 0, beta1: configuration.real("beta1"),
      beta2: configuration.real("beta2"), epsilon: 1e-8, weightDecay: weightDecay)
    velocity = Array(repeating: 0, count: update == .momentum ? n : 0)
    gradient = Array(repeating: 0, count: n)
  }

  private var sigma: Double { firstSigma * pow(finalSigmaRatio, progress) }

  /// σ of each coordinate: half a step at least of whole parameters, or all points would round to the mean's.
  private func sigmas() -> [Double] {
    var sigmas = Array(repeating: sigma, count: problem.dimension)
    for i in whole.indices { sigmas[i] = max(sigmas[i], 0.5 / space.axes[i].scale) }
    return sigmas
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    if problem.hasMinibatches && generation > 0 { query.batch = .next }
    let n = problem.dimension
    if noise.isEmpty { noise = Array(repeating: 0, count: pairCount * n) }
    noise.withUnsafeMutableBufferPointer {
      host.fillNormal(step: generation, index: Self.normalIndex, $0)
    }
    let (sigmas, mean, axes) = (sigmas(), mean, space.axes)
    query.points.append(contentsOf: repeatElement(0, count: 2 * pairCount * n))
    query.points.withUnsafeMutableBufferPointer { points in
      noise.withUnsafeBufferPointer { noise in
        for pair in 0..<pairCount {
          for i in 0..<n {
            let (axis, step) = (axes[i], sigmas[i] * noise[pair * n + i])
            points[2 * pair * n + i] = axis.value(mean[i] + step)
            points[(2 * pair + 1) * n + i] = axis.value(mean[i] - step)
          }
        }
      }
    }
    if !problem.hasMinibatches { query.points.append(contentsOf: space.point(mean)) }
    whole.round(&query.points)
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    ranks.rank(answer.losses[..<(2 * pairCount)])
    let n = problem.dimension
    gradient.withUnsafeMutableBufferPointer { gradient in
      noise.withUnsafeBufferPointer { noise in
        for i in 0..<n { gradient[i] = 0 }
        for pair in 0..<pairCount {
          let slope = ranks.values[2 * pair] - ranks.values[2 * pair + 1]
          for i in 0..<n { gradient[i] += slope * noise[pair * n + i] }
        }
      }
    }
    if !whole.indices.isEmpty {
      let (sigma, sigmas) = (sigma, sigmas())
      for i in whole.indices { gradient[i] *= sigma / sigmas[i] }
    }
    step(factor: 1 / (2 * Double(pairCount) * sigma), rate: schedule.rate(at: progress))
    if !space.isFree {
      for i in 0..<n { mean[i] = space.axes[i].confined(mean[i]) }
    }
    generation += 1
    progress = answer.progress
  }

  private func step(factor: Double, rate: Double) {
    switch update {
    case .adam: moments.step(&mean, gradient: gradient, factor: factor, rate: rate)
    case .momentum:
      let kept = 1 - rate * weightDecay
      for i in mean.indices {
        velocity[i] = momentum * velocity[i] + factor * gradient[i]
        mean[i] = kept * mean[i] - rate * velocity[i]
      }
    }
  }

  /// The mean with minibatches, else the best point that the host has seen.
  public func recommendation() throws(ComponentError) -> [Double]? {
    guard problem.hasMinibatches else { return nil }
    var point = space.point(mean)
    whole.round(&point)
    return point
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(generation)
    writer.write(progress)
    writer.write(mean)
    writer.write(velocity)
    moments.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    generation = try reader.readWord()
    progress = try reader.readReal()
    mean = try reader.readReals(count: mean.count)
    velocity = try reader.readReals(count: velocity.count)
    try moments.load(&reader)
    try reader.finish()
  }
}
