#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One particle on a graph of sites that are all joined: H = diag(V) + J (G − 𝟏𝟏ᵀ).
///
/// Everything is a diagonal matrix and one of rank 1, so that solves are Sherman and Morrison's
/// formula and the levels the roots of 1/J = Σ 1/(V_i + JG − E). Cost O(G) a step.
struct CompleteGraph {
  private let lowest: Double
  private let heights: [Double]
  private let hopping: Double

  /// Makes the operator.
  ///
  /// - Parameters:
  ///   - potential: V, [G], finite.
  ///   - hopping: J > 0.
  init(potential: ArraySlice<Double>, hopping: Double) {
    lowest = potential.min() ?? 0
    let floor = lowest
    heights = potential.map { $0 - floor }
    self.hopping = hopping
  }

  private var siteCount: Double { Double(heights.count) }

  /// Writes the amplitudes of the lowest level, squares summing to 1, and returns its energy.
  ///
  /// With δ = min V + JG − E, J ≤ δ ≤ JG, the amplitude at site i is proportional to
  /// 1/(V_i − min V + δ); δ is the root of 1/Σ 1/(V_i − min V + δ) = J, nearly linear in δ.
  func groundState(into amplitudes: UnsafeMutableBufferPointer<Double>) -> Double {
    var low = hopping
    var high = hopping * siteCount
    var gap = low
    for _ in 0..<200 {
      var sum = 0.0
      var slope = 0.0
      for height in heights {
        let term = 1 / (height + gap)
        sum += term
        slope += term * term
      }
      if 1 / sum < hopping { low = gap } else { high = gap }
      var next = gap + (hopping - 1 / sum) * sum * sum / slope
      if !(next > low && next < high) { next = low + (high - low) / 2 }
      let isDone = abs(next - gap) <= 4e-16 * gap
      gap = next
      if isDone { break }
    }
    var square = 0.0
    for site in heights.indices {
      amplitudes[site] = gap / (heights[site] + gap)
      square += amplitudes[site] * amplitudes[site]
    }
    let scale = 1 / square.squareRoot()
    for site in heights.indices { amplitudes[site] *= scale }
    return lowest + hopping * siteCount - gap
  }

  /// Real time: (1 + iaH) ψ' = (1 − iaH) ψ, `halfStep` = a = time step / 2ħ.
  func crankNicolson(
    halfStep: Double, stepCount: Int, real: inout ArraySlice<Double>,
    imaginary: inout ArraySlice<Double>
  ) {
    let angles = heights.map { halfStep * ($0 + lowest + hopping * siteCount) }
    // 1 / (1 + i·angle) = (1 − i·angle) / (1 + angle²); w is its sum over the sites.
    let weights = angles.map { 1 / (1 + $0 * $0) }
    let coupling = halfStep * hopping
    let sumReal = weights.reduce(0, +)
    let sumImaginary = -zip(weights, angles).reduce(0) { $0 + $1.0 * $1.1 }
    // ia J / (1 − ia J w)
    let bottomReal = 1 + coupling * sumImaginary
    let bottomImaginary = -coupling * sumReal
    let bottom = bottomReal * bottomReal + bottomImaginary * bottomImaginary
    let factorReal = coupling * bottomImaginary / bottom
    let factorImaginary = coupling * bottomReal / bottom
    for _ in 0..<stepCount {
      var totalReal = 0.0
      var totalImaginary = 0.0
      for (site, (weight, angle)) in zip(weights, angles).enumerated() {
        let re = real[real.startIndex + site]
        let im = imaginary[imaginary.startIndex + site]
        totalReal += 2 * weight * (re + angle * im)
        totalImaginary += 2 * weight * (im - angle * re)
      }
      let pushReal = factorReal * totalReal - factorImaginary * totalImaginary
      let pushImaginary = factorReal * totalImaginary + factorImaginary * totalReal
      for (site, (weight, angle)) in zip(weights, angles).enumerated() {
        let re = real[real.startIndex + site]
        let im = imaginary[imaginary.startIndex + site]
        let bRe = 2 * re + pushReal
        let bIm = 2 * im + pushImaginary
        real[real.startIndex + site] = weight * (bRe + angle * bIm) - re
        imaginary[imaginary.startIndex + site] = weight * (bIm - angle * bRe) - im
      }
    }
  }

  /// Imaginary time: ψ' = (1 + √2) A⁻²ψ − √2 A⁻¹ψ, A = 1 + (1 − 1/√2) · step · (H − min V).
  ///
  /// - Returns: the logarithm of the norm that the amplitudes, made 1 again at each step, would
  ///   have had; −∞ when they are all 0.
  func imaginaryTime(
    step: Double, stepCount: Int, amplitudes: inout ArraySlice<Double>
  ) -> Double {
    let root = 2.0.squareRoot()
    let part = step * (1 - 1 / root)
    let weights = heights.map { 1 / (1 + part * ($0 + hopping * siteCount)) }
    let coupling = part * hopping
    let factor = coupling / (1 - coupling * weights.reduce(0, +))
    func solve(_ b: [Double]) -> [Double] {
      let push = factor * zip(weights, b).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(weights, b).map { $0 * ($1 + push) }
    }
    var psi = Array(amplitudes)
    var logarithm = 0.0
    for done in 0...stepCount {
      let norm = psi.reduce(0) { $0 + $1 * $1 }.squareRoot()
      logarithm += log(norm)
      if norm > 0 { psi = psi.map { $0 / norm } }
      guard done < stepCount else { break }
      let y = solve(psi)
      psi = zip(solve(y), y).map { (1 + root) * $0 - root * $1 }
    }
    amplitudes.replaceSubrange(amplitudes.indices, with: psi)
    return logarithm
  }
}
