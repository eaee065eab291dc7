import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Searches a box with all packets at once: every loss serves every potential.
///
/// A round takes antithetic pairs from the packets' product density, fits all potentials to them and
/// adds them to what is known. While the places of the minima are known to less than a part of the
/// widths, the widths stay: wide packets look across ripples, and the same error in place costs them
/// the fewest pairs. Then the packets relax in their potentials, and narrow.
///
/// When they have narrowed enough, cuts along learned directions may take over. At the end all starts
/// again, with twice the evidence asked for.
final class SharedSearch {
  /// The part of the budget that one width may take: the first, and every other one.
  private static let firstPart = 0.2
  private static let laterPart = 0.1
  /// The standard error in widths that is enough once the first width is left.
  private static let laterError = 0.25
  /// A round that adds less than this to what is known is the last one at its width.
  private static let leastGain = 0.2
  /// The width over the first one at which directions take over, and at which packets are points.
  private static let handOver = 1e-2
  private static let narrowest = 1e-9
  private static let narrowestOnMinibatches = 1e-2
  /// The most numbers of one query.
  static let queryNumbers = 1 << 21
  /// The most numbers of one round.
  private static let roundNumbers = 1 << 24
  static let fewestPairs = 32
  /// Buffers are filled from stream indices that no ``RandomStream`` uses.
  private static let streamIndex: UInt64 = 1 << 31

  let box: SearchBox
  let settings: SharedSettings
  let solver: any Solver
  let host: any HostServices
  let learnsDirections: Bool
  let hasMinibatches: Bool

  var mean: [Double]
  var widths: [Double]
  var evidence: PotentialEvidence
  var wells: WellEvidence
  var directions: DirectionCuts?
  var attempt = 0
  var isFirstWidth = true
  var progressAtWidth = 0.0
  var drawCount: UInt64 = 0
  var roundsDone = 0
  var random: RandomStream

  var samples: PairSamples
  private var regression: PotentialRegression
  private var relaxation: PacketRelaxation
  private var pendingPairs = 0
  private var asksMean = true
  var meanLoss = Double.infinity

  /// Prepares a search of a problem's movable parameters, which must be real.
  init(
    _ problem: Problem, settings: SharedSettings, solver: any Solver, host: any HostServices,
    learnsDirections: Bool
  ) {
    self.settings = settings
    self.solver = solver
    self.host = host
    self.learnsDirections = learnsDirections
    box = SearchBox(problem)
    hasMinibatches = problem.hasMinibatches
    let n = box.dimension
    let pairs = max(settings.pairsPerParameter * n, Self.fewestPairs)
    let most = max(Self.roundNumbers / max(n, 1), Self.fewestPairs)
    samples = PairSamples(dimension: n, capacity: min(pairs, most))
    regression = PotentialRegression(dimension: n)
    relaxation = PacketRelaxation(dimension: n)
    evidence = PotentialEvidence(dimension: n)
    wells = WellEvidence(dimension: n)
    mean = Array(repeating: 0, count: n)
    widths = Array(repeating: SearchBox.firstWidth, count: n)
    random = RandomStream(host: host, index: 1)
  }

  /// The geometric mean of the widths over the first one.
  private var width: Double {
    let sum = widths.reduce(0) { $0 + log($1 / SearchBox.firstWidth) }
    return exp(sum / Double(widths.count))
  }

  /// Fills `query` with the next points.
  func ask(_ query: inout Query) throws(ComponentError) {
    query.kind = .points
    if directions != nil {
      directions?.ask(&query, in: box, random: &random)
      return
    }
    if samples.pairCount == 0 {
      if hasMinibatches, roundsDone > 0 { query.batch = .next }
      asksMean = true
      query.points.append(contentsOf: box.point(mean))
    } else {
      asksMean = false
    }
    pendingPairs = nextPairs
    draw(pendingPairs, number: drawCount, to: &query.points)
    drawCount += 1
  }

  /// How many pairs the next query has.
  private var nextPairs: Int {
    let most = max(Self.queryNumbers / (2 * box.dimension), Self.fewestPairs)
    return min(samples.capacity - samples.pairCount, most)
  }

  /// Adds the points of draw `number`.
  func draw(_ pairCount: Int, number: UInt64, to points: inout [Double]) {
    let n = box.dimension
    let normals = [Double](unsafeUninitializedCapacity: pairCount * n) { buffer, count in
      let all = UnsafeMutableBufferPointer(rebasing: buffer[..<(pairCount * n)])
      host.fillNormal(step: number, index: Self.streamIndex, all)
      count = pairCount * n
    }
    normals.withUnsafeBufferPointer {
      samples.draw($0, mean: mean, widths: widths, in: box, to: &points)
    }
  }

  /// Brings the losses that it remembers up to date with those of an answer.
  func renew(_ answer: Answer) {
    answer.renew(&meanLoss)
    samples.renew(answer)
    directions?.renew(answer)
  }

  /// Takes the losses; at the end of a round the packets learn, and may move and narrow.
  func tell(_ losses: [Double], progress: Double) throws(ComponentError) {
    if directions != nil { return try tellDirections(losses) }
    let expected = 2 * pendingPairs + (asksMean ? 1 : 0)
    guard losses.count == expected, expected > 0 else {
      throw ComponentError(
        "the answer has \(losses.count) losses, \(expected) were asked for; "
          + "answer every query once")
    }
    if asksMean { meanLoss = losses[0] }
    samples.take(losses.dropFirst(asksMean ? 1 : 0))
    guard samples.pairCount == samples.capacity else { return }
    try finishRound(progress: progress)
    samples.clear()
    roundsDone += 1
  }

  private func finishRound(progress: Double) throws(ComponentError) {
    let feasibleCount = samples.replaceInfeasible()
    guard feasibleCount > 1 else { return restart(progress: progress) }
    let fit = regression.fit(samples, knowing: evidence.knownCurvatures)
    guard fit.slopes.variance.isFinite, fit.curvatures.variance.isFinite else {
      return restart(progress: progress)
    }
    evidence.take(fit, widths: widths, freedom: samples.pairCount - box.dimension)
    if isFirstWidth {
      wells.take(
        regression.higherDegrees(
          samples, slopes: fit.slopes.coefficients, curvatures: fit.curvatures.coefficients))
    }
    guard isKnownEnough(progress) else { return }
    try relax()
    isFirstWidth = false
    progressAtWidth = progress
    try endOrHandOver(progress)
  }

  private func isKnownEnough(_ progress: Double) -> Bool {
    let part = progress - progressAtWidth
    if isFirstWidth, box.isBounded {
      let needed = settings.placeError / Double(1 << min(attempt, 40)).squareRoot()
      return evidence.error <= needed || part > Self.firstPart
    }
    return evidence.error <= Self.laterError || evidence.gain < Self.leastGain
      || part > Self.laterPart
  }

  /// Lets the packets relax in their potentials; unbounded ones that move far keep their widths.
  private func relax() throws(ComponentError) {
    try relaxation.relax(
      evidence, wells, mean: mean, widths: widths, in: box, narrowing: settings.narrowing,
      dynamics: settings.dynamics, readOut: settings.readOut, with: solver)
    var steps = relaxation.steps
    var factors = relaxation.factors
    let distance = steps.reduce(0) { $0 + $1 * $1 } / Double(steps.count)
    let keepsWidths = !box.isBounded && distance > 1
    for i in mean.indices {
      let place = box.clamped(mean[i] + steps[i] * widths[i], i)
      steps[i] = (place - mean[i]) / widths[i]
      mean[i] = place
      if keepsWidths { factors[i] = 1 }
      if hasMinibatches {
        let least = Self.narrowestOnMinibatches * SearchBox.firstWidth
        factors[i] = max(factors[i], min(1, least / widths[i]))
      }
      widths[i] *= factors[i]
    }
    evidence.move(by: steps, scaling: factors, wells)
    wells.clear()
  }

  private func endOrHandOver(_ progress: Double) throws(ComponentError) {
    guard !hasMinibatches else { return }
    if learnsDirections, width < Self.handOver {
      directions = makeDirections()
    } else if width < Self.narrowest {
      restart(progress: progress)
    }
  }

  /// Cuts that start where the packets are.
  func makeDirections() -> DirectionCuts {
    DirectionCuts(
      start: mean, widths: widths, hbar: settings.directionHbar, dynamics: settings.dynamics,
      readOut: settings.readOut)
  }

  private func tellDirections(_ losses: [Double]) throws(ComponentError) {
    try directions?.tell(losses, in: box, with: solver)
    if directions?.isConverged == true { restart(progress: progressAtWidth) }
  }

  /// Starts again from the middle of the box, with twice the evidence.
  private func restart(progress: Double) {
    attempt += 1
    directions = nil
    isFirstWidth = true
    progressAtWidth = progress
    evidence = PotentialEvidence(dimension: box.dimension)
    wells.clear()
    for i in mean.indices {
      mean[i] = 0
      widths[i] = SearchBox.firstWidth
    }
    samples.clear()
  }
}
