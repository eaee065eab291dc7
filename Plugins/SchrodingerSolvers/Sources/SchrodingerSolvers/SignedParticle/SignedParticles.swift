#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An ensemble of Newtonian particles with signs, whose signed density in (x, p) is Wigner's function.
struct SignedParticles {
  /// One particle.
  struct Particle {
    /// Place.
    var x: Double
    /// Momentum.
    var p: Double
    /// +1 or −1.
    var sign: Double
    /// The time that it may still create others in.
    var clock = 0.0
  }

  /// The part of phase space that particles live in, and its cells.
  struct Space {
    /// x of grid point 0.
    let origin: Double
    /// The extent of a cell in x: the grid's spacing.
    let spacing: Double
    /// G, the number of grid points.
    let gridCount: Int
    /// Δp: the extent of a cell in p.
    let unit: Double
    /// Momenta beyond are dropped.
    let highestMomentum: Double

    /// Where ψ = 0.
    var low: Double { origin - spacing }
    /// Where ψ = 0.
    var high: Double { origin + spacing * Double(gridCount) }
    /// Cells along p.
    var momentumCount: Int { 2 * Int((highestMomentum / unit).rounded(.up)) + 1 }

    /// The nearest grid point.
    @inline(__always)
    func point(_ x: Double) -> Int {
      let place = (x - origin) / spacing + 0.5
      return place > 0 ? Int(place < Double(gridCount) ? place : Double(gridCount - 1)) : 0
    }
  }

  /// The particles.
  var particles: [Particle] = []
  /// Random numbers of the packet at hand.
  var noise: PacketNoise
  /// Scratch of ``comb(total:count:)`` and ``diffuse(in:reference:)``.
  var spare: [Particle] = []
  var weights: [Double] = []
  var draws: [Double] = []
  private var cells: [Cell] = []
  private var carried: [Double] = []
  private var turns: [Double] = []

  /// What is known of one cell of phase space.
  private struct Cell {
    var plus = 0
    var minus = 0
    var left = 0.0
    var x = 0.0
    var p = 0.0
  }

  /// Makes an ensemble of none.
  init(noise: PacketNoise) { self.noise = noise }

  /// Moves all particles through a parabola; the walls reflect them.
  mutating func fly(_ flight: ClassicalFlight, in space: Space) {
    let (low, high) = (space.low, space.high)
    particles.withUnsafeMutableBufferPointer { particles in
      for i in particles.indices {
        flight.move(&particles[i])
        if particles[i].x < low {
          particles[i].x = min(2 * low - particles[i].x, high)
          particles[i].p = -particles[i].p
        } else if particles[i].x > high {
          particles[i].x = max(2 * high - particles[i].x, low)
          particles[i].p = -particles[i].p
        }
      }
    }
  }

  /// Forgets what creation carries from one particle to the next; before the first ``create``.
  mutating func restartCreation(gridCount: Int) {
    carried = (0..<gridCount).map { _ in noise.uniform() }
    turns = (0..<gridCount).map { _ in noise.uniform() }
  }

  /// Lets all particles, and those that they create, create others for a while without moving.
  ///
  /// On average the exponential of the kernel. A particle of rate γ creates γ·clock times at even
  /// random times; the fractions left over are carried to the next particle at the same grid point, and
  /// momenta there are drawn by the golden section's sequence, which take most of the noise away.
  mutating func create(_ time: Double, by kernel: WignerKernel, in space: Space, isReal: Bool) {
    for i in particles.indices { particles[i].clock = time }
    var i = 0
    while i < particles.count {
      // A particle between two points sees the kernel of one of them: linear interpolation.
      let point = space.point(particles[i].x + space.spacing * (noise.uniform() - 0.5))
      let clock = particles[i].clock
      var events = carried[point] + kernel.rates[point] * clock
      while events >= 1 {
        events -= 1
        turns[point] += 0.618_033_988_749_894_9
        if turns[point] >= 1 { turns[point] -= 1 }
        let (order, sign) = kernel.draw(point, turns[point])
        let jump = order * kernel.unit
        let left = clock * noise.uniform()
        if isReal {
          append(i, momentum: jump, sign: -sign, left, space)
          append(i, momentum: -jump, sign: sign, left, space)
        } else {
          append(i, momentum: noise.uniform() < 0.5 ? jump : -jump, sign: -sign, left, space)
        }
      }
      carried[point] = events
      i += 1
    }
  }

  private mutating func append(
    _ parent: Int, momentum: Double, sign: Double, _ clock: Double, _ space: Space
  ) {
    var child = particles[parent]
    child.p += momentum
    guard abs(child.p) <= space.highestMomentum else { return }
    child.sign *= sign
    child.clock = clock
    particles.append(child)
  }

  /// Opposite signs in one cell of phase space annihilate.
  ///
  /// As many survive as the cell's sum of signs says, evenly chosen from the majority; they move, by
  /// half a cell at most, so that the cell's signed sums of x and p stay what they were.
  mutating func annihilate(in space: Space) {
    let columns = space.momentumCount
    let count = space.gridCount * columns
    if cells.count < count { cells = Array(repeating: Cell(), count: count) }
    for c in 0..<count { cells[c] = Cell() }
    cells.withUnsafeMutableBufferPointer { cells in
      particles.withUnsafeMutableBufferPointer { particles in
        for particle in particles {
          let c = Self.cell(of: particle, space, columns)
          if particle.sign > 0 { cells[c].plus += 1 } else { cells[c].minus += 1 }
          cells[c].x += particle.sign * particle.x
          cells[c].p += particle.sign * particle.p
          cells[c].left = 0.5
        }
      }
    }
    keepSurvivors(space, columns)
    shiftSurvivors(space, columns)
  }

  private mutating func keepSurvivors(_ space: Space, _ columns: Int) {
    var kept = 0
    for particle in particles {
      let c = Self.cell(of: particle, space, columns)
      let net = cells[c].plus - cells[c].minus
      guard net != 0, (net > 0) == (particle.sign > 0) else { continue }
      cells[c].left += Double(abs(net)) / Double(max(cells[c].plus, cells[c].minus))
      guard cells[c].left >= 1 else { continue }
      cells[c].left -= 1
      cells[c].x -= particle.sign * particle.x
      cells[c].p -= particle.sign * particle.p
      particles[kept] = particle
      kept += 1
    }
    particles.removeLast(particles.count - kept)
  }

  private mutating func shiftSurvivors(_ space: Space, _ columns: Int) {
    for i in particles.indices {
      let c = Self.cell(of: particles[i], space, columns)
      let net = Double(cells[c].plus - cells[c].minus)
      let x = cells[c].x / net
      let p = cells[c].p / net
      let (mostX, mostP) = (0.5 * space.spacing, 0.5 * space.unit)
      particles[i].x += min(max(x, -mostX), mostX)
      particles[i].p += min(max(p, -mostP), mostP)
    }
  }

  @inline(__always)
  private static func cell(of particle: Particle, _ space: Space, _ columns: Int) -> Int {
    let middle = Double(columns / 2)
    let place = particle.p / space.unit + middle + 0.5
    let column = place > 0 ? Int(place < Double(columns) ? place : Double(columns - 1)) : 0
    return space.point(particle.x) * columns + column
  }

  /// Keeps each particle with probability one half.
  mutating func halve() {
    var kept = 0
    for particle in particles where noise.uniform() < 0.5 {
      particles[kept] = particle
      kept += 1
    }
    particles.removeLast(particles.count - kept)
  }
}
