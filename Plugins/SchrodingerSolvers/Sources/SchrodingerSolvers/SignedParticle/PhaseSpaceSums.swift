import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Signed sums over an ensemble, of one time or of many.
struct PhaseSpaceSums {
  private(set) var signs = 0.0
  private(set) var counts = 0.0
  private var x = 0.0
  private var xx = 0.0
  private var energy = 0.0
  private var density: [Double]
  private var momentum: [Double]

  /// Sums of 0.
  init(gridCount: Int) {
    density = Array(repeating: 0, count: gridCount)
    momentum = density
  }

  /// Adds the particles as they are; a particle counts for its two nearest grid points.
  mutating func add(_ ensemble: SignedParticles, in curve: PotentialCurve, mass: Double) {
    let last = density.count - 1
    for particle in ensemble.particles {
      signs += particle.sign
      counts += 1
      x += particle.sign * particle.x
      xx += particle.sign * particle.x * particle.x
      energy +=
        particle.sign * (particle.p * particle.p / (2 * mass) + curve.value(at: particle.x))
      let place = curve.gridPlace(particle.x)
      let g = min(Int(place), max(last - 1, 0))
      let part = place - Double(g)
      density[g] += particle.sign * (1 - part)
      density[min(g + 1, last)] += particle.sign * part
      momentum[g] += particle.sign * (1 - part) * particle.p
      momentum[min(g + 1, last)] += particle.sign * part * particle.p
    }
  }

  /// Writes means, energy and density; negative densities, which are noise, become 0.
  ///
  /// - Returns: Σ signs over particles: 1 without noise of sign.
  func write(_ packet: Int, to packets: inout Packets) -> Double {
    guard signs > 0 else { return 0 }
    packets.means[packet] = x / signs
    packets.secondMoments[packet] = xx / signs
    packets.energies[packet] = energy / signs
    let total = density.reduce(0) { $0 + max($1, 0) } * packets.spacing
    for g in density.indices {
      packets.densities[packet * packets.gridCount + g] = max(density[g], 0) / total
    }
    return signs / counts
  }

  /// Writes a wave function of Madelung's form √ρ exp(i/ħ ∫ p̄ dx), p̄ the mean momentum at x.
  func writeWave(_ packet: Int, norm: Double, to packets: inout Packets) {
    guard !packets.realParts.isEmpty else { return }
    let first = packet * packets.gridCount
    let hasPhase = !packets.imaginaryParts.isEmpty
    var phase = 0.0
    var before = 0.0
    for g in density.indices {
      let local = density[g] > 0 ? momentum[g] / density[g] : before
      if g > 0 { phase += 0.5 * (local + before) * packets.spacing / packets.hbar }
      before = local
      let amplitude = norm * packets.densities[first + g].squareRoot()
      packets.realParts[first + g] = hasPhase ? amplitude * cos(phase) : amplitude
      if hasPhase { packets.imaginaryParts[first + g] = amplitude * sin(phase) }
    }
  }
}
