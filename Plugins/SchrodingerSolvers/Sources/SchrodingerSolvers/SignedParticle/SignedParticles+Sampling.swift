#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension SignedParticles {
  /// Samples Wigner's function of a wave function on the grid, in cells of it, with its signs.
  ///
  /// - Parameters:
  ///   - count: how many particles.
  ///   - real: [G], the real part of ψ of any norm.
  ///   - imaginary: [G], the imaginary part.
  ///   - hbar: ħ.
  ///   - space: the grid.
  mutating func sample(
    count: Int, real: [Double], imaginary: [Double], hbar: Double, in space: Space
  ) {
    let columns = 2 * space.gridCount
    let step = Double.pi * hbar / (space.spacing * Double(columns))
    let values = wigner(real, imaginary)
    let tooth = values.reduce(0) { $0 + abs($1) } / Double(count)
    var sum = tooth * noise.uniform()
    particles.removeAll(keepingCapacity: true)
    for (place, value) in values.enumerated() {
      sum += abs(value)
      while sum >= tooth {
        sum -= tooth
        let i = Double(place / columns) + noise.uniform() - 0.5
        let k = Double(place % columns - columns / 2) + noise.uniform() - 0.5
        particles.append(
          Particle(
            x: space.origin + space.spacing * i, p: step * k, sign: value < 0 ? -1 : 1))
      }
    }
  }

  /// W(x, p) ∝ Σ_l ψ(x + y) ψ*(x − y) exp(−2ipy/ħ), y = l·spacing, [G × 2G].
  ///
  /// At the grid points and 2G momenta with |p| < πħ/2·spacing. Complexity: O(G³) at most.
  private func wigner(_ real: [Double], _ imaginary: [Double]) -> [Double] {
    let grid = real.count
    let columns = 2 * grid
    let waves = (0..<columns).map { Double.pi * Double($0) / Double(grid) }
    let (cosines, sines) = (waves.map(cos), waves.map(sin))
    let square = zip(real, imaginary).reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
    var values = [Double](repeating: 0, count: grid * columns)
    for i in 0..<grid {
      for l in 0...min(i, grid - 1 - i) {
        let (a, b) = (i + l, i - l)
        let re = (real[a] * real[b] + imaginary[a] * imaginary[b]) / square
        let im = (imaginary[a] * real[b] - real[a] * imaginary[b]) / square
        guard re * re + im * im > 1e-24 else { continue }
        let twice = l == 0 ? 1.0 : 2
        for k in 0..<columns {
          // p = (k − G)·πħ/(2G·spacing): 2py/ħ = π(k − G)l/G.
          let angle = (k + grid) * l % columns
          values[i * columns + k] += twice * (re * cosines[angle] + im * sines[angle])
        }
      }
    }
    return values
  }
}
