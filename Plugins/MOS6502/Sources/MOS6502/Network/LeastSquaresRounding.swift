/// Weights that make up for each other's rounding, and for that of the layers before.
///
/// With the levels h of the inputs as the whole layers before give them, and z the unit's real sum, whole
/// weights q at size a are to make the variance of z − a Σ_i q_i h_i small (the offset takes its mean):
///
///     a² qᵀ H q − 2 a qᵀ r,    H = cov(h, h),   r = cov(h, z).
///
/// From the nearest sites on, one weight after another takes its best site with the others fixed, until
/// none changes: each step is exact, the best site being the one nearest to the parabola's minimum. An
/// input that never changes gets weight 0.
struct LeastSquaresRounding: WeightRounding {
  let lattice: WeightLattice
  let maximum: Int
  private let width: Int
  /// [inputs × inputs].
  private let covariance: [Double]
  /// [units][inputs].
  private let targets: [[Double]]

  /// The most sweeps over a unit's weights.
  private static let mostSweeps = 30

  init(_ lattice: WeightLattice, _ measured: Quantisation.Measured) {
    self.lattice = lattice
    maximum = measured.scale.maximum
    let width = measured.levels[0].count
    let count = Double(measured.levels.count)
    var means = [Double](repeating: 0, count: width)
    for row in measured.levels { for i in 0..<width { means[i] += Double(row[i]) / count } }
    var covariance = [Double](repeating: 0, count: width * width)
    var targets = measured.sums[0].map { _ in [Double](repeating: 0, count: width) }
    var centred = means
    for (row, sums) in zip(measured.levels, measured.sums) {
      for i in 0..<width { centred[i] = Double(row[i]) - means[i] }
      for i in 0..<width where centred[i] != 0 {
        let part = centred[i] / count
        for j in 0..<width { covariance[i * width + j] += part * centred[j] }
        for unit in sums.indices { targets[unit][i] += part * sums[unit] }
      }
    }
    (self.width, self.covariance, self.targets) = (width, covariance, targets)
  }

  func whole(
    _ weights: [[Double]], units: Range<Int>, size: Double
  ) -> (weights: [[Int]], error: Double) {
    var made: [[Int]] = []
    var error = 0.0
    for (weights, unit) in zip(weights, units) {
      let (whole, part) = whole(weights, unit: unit, size: size)
      made.append(whole)
      error += part
    }
    return (made, error)
  }

  private func whole(
    _ weights: [Double], unit: Int, size: Double
  ) -> (weights: [Int], error: Double) {
    let target = targets[unit]
    var whole = (0..<width).map { input in
      covariance[input * width + input] > 0
        ? lattice.weight(lattice.site(nearest: weights[input] / size)) : 0
    }
    // Half of the slope along each weight, divided by the size.
    var slope = target.map { -$0 }
    for input in 0..<width where whole[input] != 0 {
      add(size * Double(whole[input]), input, to: &slope)
    }
    var isMoving = true
    for _ in 0..<Self.mostSweeps where isMoving {
      isMoving = false
      for input in 0..<width {
        let curvature = covariance[input * width + input]
        // What is not connected stays so: a place beside a filter's window.
        guard curvature > 0, weights[input] != 0 else { continue }
        let best = Double(whole[input]) - slope[input] / (size * curvature)
        let weight = lattice.weight(lattice.site(nearest: best))
        guard weight != whole[input] else { continue }
        add(size * Double(weight - whole[input]), input, to: &slope)
        whole[input] = weight
        isMoving = true
      }
    }
    var error = 0.0
    for input in 0..<width { error += size * Double(whole[input]) * (slope[input] - target[input]) }
    return (whole, error)
  }

  private func add(_ change: Double, _ input: Int, to slope: inout [Double]) {
    for other in 0..<width { slope[other] += change * covariance[input * width + other] }
  }
}
