import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The sizes of the populations and steps of run after run of a CMA-ES.
///
/// - ipop: each run has twice the points of the one before (Auger, Hansen, CEC 2005).
/// - bipop: such runs, and between them runs of few points, ⌊λ₀(λ/2λ₀)^u²⌋, and short steps, 10^−2u, u
///   uniform over 0 to 1, that together get as many evaluations (Hansen, GECCO workshop 2009).
struct RestartPlan {
  enum Scheme: String {
    case none, ipop, bipop
  }

  private static let largestPopulation = 65536

  let scheme: Scheme
  private let firstCount: Int
  private var largeCount: Int
  private var isSmall = false
  private var smallEvaluations = 0
  private var largeEvaluations = 0
  private var lastLargeRun = 0
  /// Runs that have ended.
  private(set) var endedCount = 0
  /// λ of this run.
  private(set) var populationCount: Int
  /// σ at the start of this run, as a part of that of the first.
  private(set) var stepRatio = 1.0
  /// Evaluations after which this run ends whatever it finds.
  private(set) var evaluationLimit = Int.max

  init(_ scheme: Scheme, populationCount: Int) {
    self.scheme = scheme
    firstCount = populationCount
    largeCount = populationCount
    self.populationCount = populationCount
  }

  /// Continues to the next run.
  ///
  /// - Returns: whether there is one.
  mutating func next(after evaluations: Int, random: inout RandomStream) -> Bool {
    guard scheme != .none else { return false }
    endedCount += 1
    if isSmall {
      smallEvaluations += evaluations
    } else {
      lastLargeRun = evaluations
      // The first run belongs to neither kind.
      if endedCount > 1 { largeEvaluations += evaluations }
    }
    isSmall = scheme == .bipop && smallEvaluations < largeEvaluations
    isSmall ? startSmall(&random) : startLarge()
    return true
  }

  private mutating func startLarge() {
    largeCount = min(2 * largeCount, max(Self.largestPopulation, firstCount))
    (populationCount, stepRatio, evaluationLimit) = (largeCount, 1, .max)
  }

  private mutating func startSmall(_ random: inout RandomStream) {
    let u = random.uniform()
    let ratio = 0.5 * Double(largeCount) / Double(firstCount)
    populationCount = Int(Double(firstCount) * pow(ratio, u * u))
    stepRatio = pow(10, -2 * random.uniform())
    evaluationLimit = lastLargeRun / 2
  }

  func save(_ writer: inout StateWriter) {
    writer.write([
      firstCount, largeCount, smallEvaluations, largeEvaluations, lastLargeRun, endedCount,
      populationCount, evaluationLimit,
    ])
    writer.write(isSmall)
    writer.write(stepRatio)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let counts = try reader.readIntegers(count: 8)
    guard counts[0] == firstCount, counts[6] > 1,
      counts[6] <= max(Self.largestPopulation, counts[0])
    else {
      throw ComponentError(
        "the saved state is of populations of \(counts[0]) points, this run has \(firstCount); "
          + "resume with the configuration that was saved")
    }
    (largeCount, smallEvaluations, largeEvaluations) = (counts[1], counts[2], counts[3])
    (lastLargeRun, endedCount, populationCount) = (counts[4], counts[5], counts[6])
    evaluationLimit = counts[7]
    isSmall = try reader.readBoolean()
    stepRatio = try reader.readReal()
  }
}
