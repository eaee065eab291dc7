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
    /// G.
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
  var spare: [Particle] = []
  private var cells: [Cell] = []

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

  /// Lets all particles, and those that they create, create others for a while without moving.
  ///
  /// Event by event: exactly the exponential of the kernel.
  mutating func create(_ time: Double, by kernel: WignerKernel, in space: Space, isReal: Bool) {
    for i in particles.indices { particles[i].clock = time }
    var i = 0
    while i < particles.count {
      let x = particles[i].x
      // A particle between two points sees the kernel of one of them: linear interpolation.
      let point = space.point(x + space.spacing * (noise.uniform() - 0.5))
      let rate = kernel.rates[point]
      var clock = particles[i].clock
      var u = noise.uniform()
      // 1 − e^−a ≤ a: most particles need no logarithm.
      while u < rate * clock {
        clock += log(1 - u) / rate
        guard clock > 0 else { break }
        let (order, sign) = kernel.draw(point, noise.uniform())
        let jump = order * kernel.unit
        if isReal {
          append(i, momentum: jump, sign: -sign, clock, space)
          append(i, momentum: -jump, sign: sign, clock, space)
        } else {
          let side = noise.uniform() < 0.5 ? jump : -jump
          append(i, momentum: side, sign: -sign, clock, space)
        }
        u = noise.uniform()
      }
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
