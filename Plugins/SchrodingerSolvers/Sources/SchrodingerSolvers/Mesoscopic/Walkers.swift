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
    /// V.
    let curve: PotentialCurve
    /// dt/ħ.
    let rate: Double
    /// √(ħ dt/m), the deviation of a step of exp(−p² dt/2mħ).
    let reach: Double
    /// Where ψ = 0.
    let walls: (low: Double, high: Double)

    /// exp(−V dt/2ħ), V from the reference energy on.
    @inline(__always)
    func halfWeight(_ x: Double, _ reference: Double) -> Double {
      exp(-0.5 * rate * (curve.value(at: x) - reference))
    }

    /// The chance that a path of Brown's between two places misses both walls.
    @inline(__always)
    func survival(_ a: Double, _ b: Double) -> Double {
      guard b > walls.low, b < walls.high else { return 0 }
      let scale = -2 / (reach * reach)
      let low = scale * (a - walls.low) * (b - walls.low)
      let high = scale * (walls.high - a) * (walls.high - b)
      return low < -40 && high < -40 ? 1 : (1 - exp(low)) * (1 - exp(high))
    }
  }

  /// How many there are.
  let count: Int
  /// Random numbers of the packet at hand.
  var noise: PacketNoise
  private var places: [Double]
  private var next: [Double]
  private var weights: [Double]

  /// Makes room for a population.
  init(count: Int, noise: PacketNoise) {
    self.count = count
    self.noise = noise
    places = Array(repeating: 0, count: count)
    next = places
    weights = places
  }

  /// Spreads the walkers evenly between the walls.
  mutating func spread(in field: Field) {
    let width = field.walls.high - field.walls.low
    for i in 0..<count {
      places[i] = field.walls.low + width * (Double(i) + noise.uniform()) / Double(count)
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
      places[i] = min(max(x, field.walls.low), field.walls.high)
    }
  }

  /// One step; returns the logarithm of the mean weight, relative to the reference energy.
  ///
  /// - Parameters:
  ///   - field: potential and step.
  ///   - reference: the energy at which weights are 1.
  ///   - shape: mc² dt/ħ of relativistic jumps, `nil` for p²/2m.
  mutating func step(in field: Field, reference: Double, shape: Double? = nil) -> Double {
    var total = 0.0
    for i in 0..<count {
      let x = places[i]
      var moved = x
      var alive = 1.0
      if let shape {
        moved += field.reach * inverseGaussian(shape).squareRoot() * noise.normal()
        alive = moved > field.walls.low && moved < field.walls.high ? 1 : 0
      } else {
        moved += field.reach * noise.normal()
        alive = field.survival(x, moved)
      }
      if alive > 0 {
        alive *= field.halfWeight(x, reference) * field.halfWeight(moved, reference)
      }
      next[i] = moved
      weights[i] = alive
      total += alive
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
      let x = places[i]
      let weight = field.halfWeight(x, reference)
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
        places[filled] = next[i]
        filled += 1
        target += tooth
      }
    }
    while filled < count {
      places[filled] = places[max(filled - 1, 0)]
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
