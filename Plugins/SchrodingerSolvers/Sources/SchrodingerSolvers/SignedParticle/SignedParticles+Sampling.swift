#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension SignedParticles {
  /// Samples Wigner's function of a wave function on the grid.
  ///
  /// W(x, p) = (1/πħ) ∫ ψ(x+y) ψ*(x−y) e^(−2ipy/ħ) dy at the grid points, for |p| < πħ/2·spacing;
  /// particles lie evenly in its cells, with its signs.
  ///
  /// - Returns: what one particle counts for; the sum of counts and signs is 1 on average.
  mutating func sample(
    count: Int, real: [Double], imaginary: [Double], hbar: Double, in space: Space
  ) -> Double {
    let grid = space.gridCount
    let half = grid
    let step = Double.pi * hbar / (2 * space.spacing * Double(half))
    var values = [Double](repeating: 0, count: grid * 2 * half)
    var total = 0.0
    let waves = (0..<2 * half).map { Double.pi * Double($0) / Double(half) }
    let (cosines, sines) = (waves.map(cos), waves.map(sin))
    let square = zip(real, imaginary).reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
    for i in 0..<grid {
      for l in 0...min(i, grid - 1 - i) {
        let (a, b) = (i + l, i - l)
        let re = (real[a] * real[b] + imaginary[a] * imaginary[b]) / square
        let im = (imaginary[a] * real[b] - real[a] * imaginary[b]) / square
        guard re * re + im * im > 1e-24 else { continue }
        let twice = l == 0 ? 1.0 : 2
        for k in 0..<2 * half {
          // p = (k − half)·step: 2py/ħ = π(k − half)l/half.
          let angle = (k + half) * l % (2 * half)
          values[i * 2 * half + k] += twice * (re * cosines[angle] + im * sines[angle])
        }
      }
    }
    for value in values { total += abs(value) }
    particles.removeAll(keepingCapacity: true)
    let tooth = total / Double(count)
    var sum = tooth * noise.uniform()
    for i in 0..<grid {
      for k in 0..<2 * half {
        let value = values[i * 2 * half + k]
        sum += abs(value)
        while sum >= tooth {
          sum -= tooth
          let x = space.origin + space.spacing * (Double(i) + noise.uniform() - 0.5)
          let p = step * (Double(k - half) + noise.uniform() - 0.5)
          particles.append(Particle(x: x, p: p, sign: value < 0 ? -1 : 1))
        }
      }
    }
    return total / (2 * Double(half)) / Double(count)
  }
}
