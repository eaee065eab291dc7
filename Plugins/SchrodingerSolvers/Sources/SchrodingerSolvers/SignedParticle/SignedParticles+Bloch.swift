#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension SignedParticles {
  /// Half of life and death, diffusion in x and p, the other half; walls kill.
  ///
  /// Weights exp(−(p²/2m + Q + r₀ − E) dt/ħ) before and after are kept for ``comb(total:count:)``.
  ///
  /// - Returns: the sum of weights.
  mutating func diffuse(in field: SignedParticle.BlochField, reference: Double) -> Double {
    let count = particles.count
    if weights.count < count {
      weights = Array(repeating: 0, count: count)
      draws = Array(repeating: 0, count: 2 * count)
    }
    draws.withUnsafeMutableBufferPointer {
      noise.fillNormals(UnsafeMutableBufferPointer(rebasing: $0[..<(2 * count)]))
    }
    let (deviationX, deviationP) = field.diffusion
    let (low, high) = (field.space.low, field.space.high)
    let rate = field.step / field.hbar
    var total = 0.0
    particles.withUnsafeMutableBufferPointer { particles in
      for i in particles.indices {
        let (x, p) = (particles[i].x, particles[i].p)
        let before = field.energy(x, p)
        particles[i].x = x + deviationX * draws[2 * i]
        particles[i].p = p + deviationP * draws[2 * i + 1]
        let after = field.energy(particles[i].x, particles[i].p)
        let lives = particles[i].x > low && particles[i].x < high
        weights[i] = lives ? exp(-rate * (before + after - 2 * reference)) : 0
        total += weights[i]
      }
    }
    return total
  }

  /// Systematic resampling to `count` particles by the weights of the last diffusion, signs kept.
  mutating func comb(total: Double, count: Int) {
    let tooth = total / Double(count)
    var target = tooth * noise.uniform()
    var sum = 0.0
    spare.removeAll(keepingCapacity: true)
    for i in particles.indices {
      sum += weights[i]
      while sum > target {
        spare.append(particles[i])
        target += tooth
      }
    }
    swap(&particles, &spare)
  }
}
