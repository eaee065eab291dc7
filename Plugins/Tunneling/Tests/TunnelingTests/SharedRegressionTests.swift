import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

@Suite("Shared regression")
struct SharedRegressionTests {
  private static let n = 6
  private static let mean = [0.1, -0.2, 0, 0.3, -0.1, 0.85]
  private static let widths = [0.1, 0.2, 0.15, 0.1, 0.3, 0.2]

  private static func place(_ point: [Double]) -> [Double] {
    point.indices.map { (point[$0] - mean[$0]) / widths[$0] }
  }

  /// Pairs about the mean in a box of ±1 or without bounds, with the losses of a function of widths.
  private static func samples(
    bound: Double, pairCount: Int = 40, _ loss: ([Double]) -> Double
  ) -> PairSamples {
    let problem = Problem(
      queries: .points, initial: mean, lower: mean.map { _ in -bound },
      upper: mean.map { _ in bound }, scales: mean.map { _ in 0.36 })
    let box = SearchBox(problem)
    let origin = bound < .infinity ? mean : mean.map { _ in 0 }
    var samples = PairSamples(dimension: n, capacity: pairCount)
    var points: [Double] = []
    let normals = TestHost(seed: 3).normals(step: 0, index: 0, count: pairCount * n)
    normals.withUnsafeBufferPointer {
      samples.draw($0, mean: origin, widths: widths, in: box, to: &points)
    }
    let losses = stride(from: 0, to: points.count, by: n).map {
      loss(place(Array(points[$0..<$0 + n])))
    }
    samples.take(losses[...])
    return samples
  }

  private static let slopes = [1.0, -2, 0.5, 3, 0, -1]
  private static let curvatures = [2.0, 0.1, -1, 0.7, 5, 1]

  private static func parabola(_ u: [Double]) -> Double {
    u.indices.reduce(7.0) { $0 + slopes[$1] * u[$1] + curvatures[$1] * u[$1] * u[$1] }
  }

  @Test("A sum of parabolas is fitted to single precision, without any noise left")
  func exactness() {
    let samples = Self.samples(bound: .infinity, Self.parabola)
    #expect(!samples.isFolded)
    var regression = PotentialRegression(dimension: Self.n)
    let fit = regression.fit(samples, knowing: [])
    for i in 0..<Self.n {
      #expect(abs(fit.slopes.coefficients[i] - Self.slopes[i]) < 1e-4)
      #expect(abs(fit.curvatures.coefficients[i] - Self.curvatures[i]) < 1e-4)
    }
    // What is left is a difference of sums near 3,000 in single precision, over 34² and 2.
    #expect(fit.slopes.variance < 1e-6)
    #expect(fit.curvatures.variance < 1e-6)
  }

  @Test("Pairs that a bound folded are fitted as well, once the curvatures are known")
  func folding() {
    let samples = Self.samples(bound: 1, Self.parabola)
    #expect(samples.isFolded)
    var regression = PotentialRegression(dimension: Self.n)
    let fit = regression.fit(samples, knowing: Self.curvatures)
    for i in 0..<Self.n {
      #expect(abs(fit.slopes.coefficients[i] - Self.slopes[i]) < 1e-3)
      #expect(abs(fit.curvatures.coefficients[i] - Self.curvatures[i]) < 1e-3)
    }
  }

  @Test("The stated variance is that of the estimates")
  func variance() {
    var errors = 0.0
    var stated = 0.0
    let trials = 200
    for trial in 0..<trials {
      let host = TestHost(seed: UInt64(trial + 10))
      let noise = host.normals(step: 1, index: 0, count: 80)
      var count = 0
      var samples = PairSamples(dimension: Self.n, capacity: 40)
      let problem = Problem(
        queries: .points, initial: Self.mean, scales: Self.mean.map { _ in 0.36 })
      var points: [Double] = []
      host.normals(step: 0, index: 0, count: 40 * Self.n).withUnsafeBufferPointer {
        samples.draw(
          $0, mean: Self.mean.map { _ in 0 }, widths: Self.widths, in: SearchBox(problem),
          to: &points)
      }
      let losses = stride(from: 0, to: points.count, by: Self.n).map { start in
        defer { count += 1 }
        return Self.parabola(Self.place(Array(points[start..<start + Self.n]))) + noise[count]
      }
      samples.take(losses[...])
      var regression = PotentialRegression(dimension: Self.n)
      let fit = regression.fit(samples, knowing: [])
      for i in 0..<Self.n {
        let error = fit.slopes.coefficients[i] - Self.slopes[i]
        errors += error * error
      }
      stated += Double(Self.n) * fit.slopes.variance
    }
    // 1,200 squares of normal numbers: a standard error of √(2/1200) = 0.04; (ZᵀZ)⁻¹ scatters more.
    #expect(abs(errors / stated - 1) < 0.25)
  }

  @Test("Third and fourth degrees are found within their stated errors, which are not too large")
  func higherDegrees() {
    let cubic = [0.5, 0, -1, 0, 0, 2]
    let quartic = [0.3, -0.4, 0, 0, 1, 0]
    let samples = Self.samples(bound: .infinity, pairCount: 40_000) { u in
      u.indices.reduce(Self.parabola(u)) { sum, i in
        let square = u[i] * u[i]
        return sum + cubic[i] * u[i] * (square - 3) + quartic[i] * ((square - 6) * square + 3)
      }
    }
    var regression = PotentialRegression(dimension: Self.n)
    let fit = regression.fit(samples, knowing: [])
    let higher = regression.higherDegrees(
      samples, slopes: fit.slopes.coefficients, curvatures: fit.curvatures.coefficients)
    let errors = (higher.cubic.variance.squareRoot(), higher.quartic.variance.squareRoot())
    #expect(errors.0 < 0.1 && errors.1 < 0.1)
    // The mean of He₃²/6 over m pairs scatters by √(92/m), that of He₄²/24 by √(638/m).
    for i in 0..<Self.n {
      let own = (
        abs(cubic[i]) * (92.0 / 40_000).squareRoot(),
        abs(quartic[i]) * (638.0 / 40_000).squareRoot()
      )
      #expect(abs(higher.cubic.coefficients[i] - cubic[i]) < 5 * errors.0 + 4 * own.0)
      #expect(abs(higher.quartic.coefficients[i] - quartic[i]) < 5 * errors.1 + 4 * own.1)
    }
  }

  @Test("Points beyond a bound are reflected into the box, from any distance")
  func reflection() {
    let box = SearchBox(openProblem([0, 0], 4))
    for (y, expected) in [(0.5, 0.5), (1.25, 0.75), (-1.5, -0.5), (3.5, -0.5), (-4.75, -0.75)] {
      #expect(abs(box.folded(y, 0) - expected) < 1e-12)
    }
    let half = SearchBox(
      Problem(queries: .points, initial: [1], lower: [0], upper: [.infinity], scales: [0.36]))
    #expect(abs(half.folded(-1.5, 0) + 0.5) < 1e-12)
    #expect(half.folded(7, 0) == 7)
  }

  @Test("Jacobi's rotations give back the axes and lengths of an ellipsoid")
  func eigenvectors() {
    let n = 12
    let axes = rotation(n, seed: 4)
    let values = (0..<n).map { Double($0 + 1) * Double($0 + 1) }
    var matrix = Array(repeating: 0.0, count: n * n)
    for k in 0..<n {
      for i in 0..<n {
        for j in 0..<n { matrix[i * n + j] += values[k] * axes[k][i] * axes[k][j] }
      }
    }
    var vectors = Array(repeating: 0.0, count: n * n)
    for i in 0..<n { vectors[i * n + i] = 1 }
    SymmetricEigen.diagonalise(&matrix, rotating: &vectors, n)
    for row in 0..<n {
      let value = matrix[row * n + row]
      let k = values.indices.min { abs(values[$0] - value) < abs(values[$1] - value) } ?? 0
      // Errors of eigenvalues are squares of what is left beside the diagonal, 1e-6 of it.
      #expect(abs(value / values[k] - 1) < 1e-9)
      let overlap = (0..<n).reduce(0) { $0 + vectors[row * n + $1] * axes[k][$1] }
      #expect(abs(abs(overlap) - 1) < 1e-9)
    }
  }
}
