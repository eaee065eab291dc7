import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The distribution N(m, σ²C) that a CMA-ES draws points from, in units of the problem's scales.
///
/// Source: Hansen, arXiv:1604.00772, equations 38 to 47.
struct SearchDistribution {
  /// Streams of the host that nothing else here takes.
  private static let normalIndex: UInt64 = 1 << 31 + 2

  private let space: ScaledSpace
  private let model: any CovarianceModel
  private var margins: WholeMargins
  private(set) var constants: StrategyConstants
  /// m, [n].
  private(set) var mean: [Double]
  /// σ.
  private(set) var stepSize: Double
  /// The step size of the first generation.
  private(set) var firstStepSize: Double
  private var stepPath: [Double]
  private var covariancePath: [Double]
  private var generation = 0
  private var staleEvaluations = 0.0

  // The points that are being evaluated; no part of the state.
  private var stride = 0
  private var z: [Double] = []
  private var y: [Double] = []
  private var columnWeights: [Double] = []
  private var lengths: [Double] = []
  private var zMean: [Double]
  private var yMean: [Double]
  private var white: [Double]

  init(
    _ space: ScaledSpace, _ model: any CovarianceModel, _ margins: WholeMargins,
    constants: StrategyConstants, mean: [Double], stepSize: Double
  ) {
    self.space = space
    self.model = model
    self.margins = margins
    self.constants = constants
    self.mean = mean
    self.stepSize = stepSize
    firstStepSize = stepSize
    stepPath = Array(repeating: 0, count: mean.count)
    (covariancePath, zMean, yMean, white) = (stepPath, stepPath, stepPath, stepPath)
  }

  /// Starts again elsewhere.
  mutating func restart(constants: StrategyConstants, mean: [Double], stepSize: Double) {
    model.reset()
    margins.reset()
    self = Self(space, model, margins, constants: constants, mean: mean, stepSize: stepSize)
  }

  /// Draws a generation and appends its points [λ × n], mirrored at the bounds.
  mutating func draw(_ host: any HostServices, step: UInt64, into points: inout [Double]) {
    let n = mean.count
    let pointCount = constants.populationCount
    stride = (pointCount + 7) / 8 * 8
    if z.count != n * stride {
      z = Array(repeating: 0, count: n * stride)
      y = z
    }
    z.withUnsafeMutableBufferPointer { host.fillNormal(step: step, index: Self.normalIndex, $0) }
    model.transform(z, stride: stride, into: &y)
    let (first, columns) = (points.count, stride)
    let (centre, axes, sigmas) = (mean, space.axes, margins.factors.map { stepSize * $0 })
    points.append(contentsOf: repeatElement(0, count: pointCount * n))
    points.withUnsafeMutableBufferPointer { points in
      y.withUnsafeBufferPointer { y in
        // Eight coordinates at once fill a line of the cache in each point.
        for block in Swift.stride(from: 0, to: n, by: 8) {
          for j in 0..<pointCount {
            for i in block..<min(block + 8, n) {
              let u = centre[i] + sigmas[i] * y[i * columns + j]
              points[first + j * n + i] = axes[i].mirrored(u)
            }
          }
        }
      }
    }
  }

  /// Learns from the order of the points that were drawn last, best first.
  ///
  /// - Returns: whether the covariance is still fit to draw from.
  mutating func adapt(order: [Int]) -> Bool {
    generation += 1
    weigh(order)
    for i in mean.indices { mean[i] += stepSize * margins.factors[i] * yMean[i] }
    model.whiten(zMean, into: &white)
    let rate = constants.pathRate
    let gain = (rate * (2 - rate) * constants.effectiveCount).squareRoot()
    var squares = 0.0
    for i in stepPath.indices {
      stepPath[i] = (1 - rate) * stepPath[i] + gain * white[i]
      squares += stepPath[i] * stepPath[i]
    }
    let length = squares.squareRoot()
    let faded = (1 - pow(1 - rate, 2 * Double(generation))).squareRoot()
    let isSteady =
      length / faded < (1.4 + 2 / (Double(mean.count) + 1)) * constants.expectedLength
    updateCovariance(isSteady: isSteady)
    stepSize *= exp(min(1, rate / constants.damping * (length / constants.expectedLength - 1)))
    limitSpread()
    let isFit = refreshWhenStale()
    let (stepSize, model) = (stepSize, model)
    margins.correct(
      &mean, probability: 1 / Double(mean.count * constants.populationCount)
    ) { stepSize * model.deviation($0) }
    return isFit
  }

  /// Keeps deviations within a third of the bounds' distance: wider ones, mirrored, are as good as
  /// uniform, and what is learned from such points means nothing.
  private mutating func limitSpread() {
    guard !space.isFree else { return }
    var widest = 0.0
    for (index, axis) in space.axes.enumerated() where axis.upper > axis.lower {
      widest = max(widest, 3 * spread(index) / (axis.upper - axis.lower))
    }
    if widest > 1 { stepSize /= widest }
  }

  /// The weighted means of z and y over the better half, and the weights of all in C.
  private mutating func weigh(_ order: [Int]) {
    let n = mean.count
    columnWeights = Array(repeating: 0, count: stride)
    for (rank, column) in order.enumerated() { columnWeights[column] = constants.weights[rank] }
    lengths = Array(repeating: 0, count: stride)
    let (stride, weights) = (stride, columnWeights.map { max($0, 0) })
    z.withUnsafeBufferPointer { z in
      y.withUnsafeBufferPointer { y in
        lengths.withUnsafeMutableBufferPointer { lengths in
          for i in 0..<n {
            var (zSum, ySum) = (0.0, 0.0)
            for j in 0..<stride {
              let (a, b) = (z[i * stride + j], y[i * stride + j])
              zSum += weights[j] * a
              ySum += weights[j] * b
              lengths[j] += a * a
            }
            (zMean[i], yMean[i]) = (zSum, ySum)
          }
        }
      }
    }
  }

  private mutating func updateCovariance(isSteady: Bool) {
    let rate = constants.covariancePathRate
    let gain = isSteady ? (rate * (2 - rate) * constants.effectiveCount).squareRoot() : 0
    for i in covariancePath.indices {
      covariancePath[i] = (1 - rate) * covariancePath[i] + gain * yMean[i]
    }
    let (one, many) = (constants.rankOneRate, constants.rankManyRate)
    let lost = isSteady ? 0 : one * rate * (2 - rate)
    let decay = 1 + lost - one - many * constants.weights.reduce(0, +)
    let n = Double(mean.count)
    for j in columnWeights.indices {
      // A point that was drawn far out would take more than all of C away along its direction.
      if columnWeights[j] < 0 { columnWeights[j] *= n / max(lengths[j], .leastNormalMagnitude) }
      columnWeights[j] *= many
    }
    model.update(decay: decay, path: covariancePath, rate: one, y: y, weights: columnWeights)
  }

  /// The root of C costs n³: it follows after λ/(2n(c₁ + c_μ)) evaluations, when C has changed enough.
  private mutating func refreshWhenStale() -> Bool {
    let pointCount = Double(constants.populationCount)
    staleEvaluations += pointCount
    let change = constants.rankOneRate + constants.rankManyRate
    guard staleEvaluations >= 0.5 * pointCount / (Double(mean.count) * change) else { return true }
    staleEvaluations = 0
    return model.refresh()
  }

  /// Takes longer steps where losses tell nothing: σ ← σ exp(0.2 + c_σ/d_σ).
  mutating func widen() {
    stepSize *= exp(0.2 + constants.pathRate / constants.damping)
    limitSpread()
  }

  /// The recommended point x, [n].
  var centre: [Double] { zip(mean, space.axes).map { $1.mirrored($0) } }

  /// The deviation of coordinate `index`, and that of the path, in units of the scales.
  func spread(_ index: Int) -> Double { stepSize * margins.factors[index] * model.deviation(index) }

  /// The furthest that the path moves C in one coordinate, in units of the scales.
  var longestPath: Double { stepSize * covariancePath.reduce(0) { max($0, abs($1)) } }

  func save(_ writer: inout StateWriter) {
    for values in [mean, stepPath, covariancePath, [stepSize, firstStepSize, staleEvaluations]] {
      writer.write(values)
    }
    writer.write(generation)
    margins.save(&writer)
    model.save(&writer)
  }

  mutating func load(
    _ reader: inout StateReader, constants: StrategyConstants
  ) throws(ComponentError) {
    self.constants = constants
    mean = try reader.readReals(count: mean.count)
    stepPath = try reader.readReals(count: mean.count)
    covariancePath = try reader.readReals(count: mean.count)
    let reals = try reader.readReals(count: 3)
    (stepSize, firstStepSize, staleEvaluations) = (reals[0], reals[1], reals[2])
    generation = try reader.readInteger()
    try margins.load(&reader)
    try model.load(&reader)
  }
}
