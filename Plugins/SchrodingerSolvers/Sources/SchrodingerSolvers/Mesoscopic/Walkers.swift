#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A population of walkers that samples ψ ≥ 0 in imaginary time: projector Monte Carlo.
///
/// A step is exp(−V dt/2ħ) exp(−T dt/ħ) exp(−V dt/2ħ): walkers get the potential's factors as weights
/// and move by the kinetic propagator; a comb then makes the weights one again. Walls one spacing
/// beyond the grid take walkers that reach them, also between two steps.
struct Walkers {
  /// One potential and the time step.
  struct Field {
    /// V, the potential.
    let curve: PotentialCurve
    /// dt/ħ.
    let rate: Double
    /// √(ħ dt/m), the deviation of a step of exp(−p² dt/2mħ).
    let reach: Double
    /// Where ψ = 0.
    let walls: (low: Double, high: Double)

    /// The chance that a path of Brown's between two places misses both walls.
    @inline(__always)
    func survival(_ a: Double, _ b: Double) -> Double {
      guard b > walls.low, b < walls.high else { return 0 }
      let low = (a - walls.low) * (b - walls.low)
      let high = (walls.high - a) * (walls.high - b)
      let square = reach * reach
      if low > 20 * square && high > 20 * square { return 1 }
      return (1 - exp(-2 * low / square)) * (1 - exp(-2 * high / square))
    }
  }

  /// A place and the potential there.
  private struct Walker {
    let x: Double
    let height: Double
  }

  /// How many there are.
  let count: Int
  /// Random numbers of the packet at hand.
  var noise: PacketNoise
  private var walkers: [Walker]
  private var next: [Walker]
  private var weights: [Double]
  private var draws: [Double]

  /// Makes room for a population.
  init(count: Int, noise: PacketNoise) {
    self.count = count
    self.noise = noise
    walkers = Array(repeating: Walker(x: 0, height: 0), count: count)
    next = walkers
    weights = Array(repeating: 0, count: count)
    draws = weights
  }

  /// Spreads the walkers evenly between the walls.
  mutating func spread(in field: Field) {
    let width = field.walls.high - field.walls.low
    for i in 0..<count {
      put(i, field.walls.low + width * (Double(i) + noise.uniform()) / Double(count), field)
    }
  }

  /// Samples an amplitude that is given on the grid, none negative, by its linear interpolation.
  mutating func sample(_ amplitude: UnsafeBufferPointer<Double>, in field: Field) {
    let total = amplitude.reduce(0, +)
    var g = 0
    var sum = amplitude[0]
    for i in 0..<count {
      let target = total * (Double(i) + noise.uniform()) / Double(count)
      while sum < target, g + 1 < amplitude.count {
        g += 1
        sum += amplitude[g]
      }
      // The triangle of a grid point: the sum of two uniform numbers.
      let offset = noise.uniform() + noise.uniform() - 1
      let x = field.curve.origin + field.curve.spacing * (Double(g) + offset)
      put(i, min(max(x, field.walls.low), field.walls.high), field)
    }
  }

  private mutating func put(_ i: Int, _ x: Double, _ field: Field) {
    walkers[i] = Walker(x: x, height: field.curve.value(at: x))
  }

  /// One step of all walkers.
  ///
  /// - Parameters:
  ///   - field: potential and step.
  ///   - reference: the energy at which weights are 1.
  ///   - shape: mc² dt/ħ of relativistic jumps, `nil` for p²/2m.
  /// - Returns: the logarithm of the mean weight.
  mutating func step(in field: Field, reference: Double, shape: Double? = nil) -> Double {
    draws.withUnsafeMutableBufferPointer { noise.fillNormals($0) }
    if let shape {
      for i in 0..<count { draws[i] *= inverseGaussian(shape).squareRoot() }
    }
    var total = 0.0
    walkers.withUnsafeBufferPointer { walkers in
      next.withUnsafeMutableBufferPointer { next in
        for i in walkers.indices {
          let walker = walkers[i]
          let x = walker.x + field.reach * draws[i]
          // A jump has no path that could meet a wall on its way.
          let survival = field.survival(shape == nil ? walker.x : x, x)
          guard survival > 0 else {
            weights[i] = 0
            continue
          }
          let height = field.curve.value(at: x)
          let mean = 0.5 * (walker.height + height)
          next[i] = Walker(x: x, height: height)
          weights[i] = survival * exp(-field.rate * (mean - reference))
          total += weights[i]
        }
      }
    }
    comb(total)
    return log(total / Double(count))
  }

  /// Adds to `amplitude` [G] what one more step without its last half would give on the grid.
  mutating func deposit(
    in field: Field, reference: Double, to amplitude: UnsafeMutableBufferPointer<Double>
  ) {
    // A kernel narrower than the grid would fall between its points.
    let reach = max(field.reach, 0.5 * field.curve.spacing)
    let scale = -0.5 / (reach * reach)
    let extent = 6 * reach / field.curve.spacing
    let window = extent < Double(amplitude.count) ? Int(extent.rounded(.up)) : amplitude.count
    for i in 0..<count {
      let x = walkers[i].x
      let weight = exp(-0.5 * field.rate * (walkers[i].height - reference))
      let middle = Int(field.curve.gridPlace(x).rounded())
      let low = max(middle - window, 0)
      let high = min(middle + window, amplitude.count - 1)
      guard low <= high else { continue }
      for g in low...high {
        let point = field.curve.origin + Double(g) * field.curve.spacing
        let distance = point - x
        amplitude[g] +=
          weight * exp(scale * distance * distance) * field.survival(x, point)
      }
    }
  }

  /// Systematic resampling: walker i gets floor or ceiling of its share of children.
  private mutating func comb(_ total: Double) {
    guard total > 0 else { return }
    let tooth = total / Double(count)
    var target = tooth * noise.uniform()
    var sum = 0.0
    var filled = 0
    for i in 0..<count {
      sum += weights[i]
      while sum > target, filled < count {
        walkers[filled] = next[i]
        filled += 1
        target += tooth
      }
    }
    while filled < count {
      walkers[filled] = walkers[max(filled - 1, 0)]
      filled += 1
    }
  }

  /// A value of the inverse Gaussian distribution of mean 1.
  ///
  /// √ of it times a normal value has the characteristic function of exp(−T dt/ħ) with
  /// T = √(m²c⁴ + p²c²) − mc², `shape` = mc² dt/ħ.
  ///
  /// Source: Michael, Schucany, Haas, Am. Stat. 30 (1976) 88.
  private mutating func inverseGaussian(_ shape: Double) -> Double {
    let normal = noise.normal()
    let y = normal * normal / (2 * shape)
    // 1 + y − √(2y + y²), without cancellation.
    let small = 1 / (1 + y + (y * (2 + y)).squareRoot())
    return noise.uniform() * (1 + small) <= 1 ? small : 1 / small
  }
}
