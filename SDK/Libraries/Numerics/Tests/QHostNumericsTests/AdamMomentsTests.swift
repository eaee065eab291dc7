import Foundation
import QHostNumerics
import Testing

@Suite("Moments of Adam")
struct AdamMomentsTests {
  @Test("Steps are those of a plain loop, to the last bit", arguments: [1, 7, 8, 9, 131])
  func steps(count: Int) {
    let (beta1, beta2, epsilon, decay) = (0.9, 0.999, 1e-8, 0.01)
    var moments = AdamMoments(
      dimension: count, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    var x = (0..<count).map { sin(Double($0)) }
    var (plain, m, v) = (
      x, [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    for step in 1...5 {
      let gradient = (0..<count).map { cos(Double($0 * step)) }
      let (factor, rate) = (0.5, 0.1 / Double(step))
      moments.step(&x, gradient: gradient, factor: factor, rate: rate)
      let powers = (1...step).reduce((1.0, 1.0)) { powers, _ in
        (powers.0 * beta1, powers.1 * beta2)
      }
      let (scale, correction) = (rate / (1 - powers.0), 1 / (1 - powers.1).squareRoot())
      for i in 0..<count {
        let g = factor * gradient[i]
        m[i] = beta1 * m[i] + (1 - beta1) * g
        v[i] = beta2 * v[i] + (1 - beta2) * (g * g)
        plain[i] =
          (1 - rate * decay) * plain[i] - scale * m[i] / (v[i].squareRoot() * correction + epsilon)
      }
      #expect(x == plain)
    }
  }
}
