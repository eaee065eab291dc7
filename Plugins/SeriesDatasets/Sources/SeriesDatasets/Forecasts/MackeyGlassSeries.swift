#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Solutions of dx/dt = β x(t − τ)/(1 + x(t − τ)ⁿ) − γ x, β = 0.2, γ = 0.1, n = 10.
///
/// Runge and Kutta's fourth order with fixed steps; x(t − τ) between steps by the cubic through values and slopes there.
///
/// Source: M. C. Mackey, L. Glass, *Oscillation and chaos in physiological control systems*, Science 197, 1977.
public enum MackeyGlassSeries {
  /// x at t = 0, 1, 2, ...
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - delay: τ, an integer.
  ///   - history: x for t ≤ 0.
  ///   - stepsPerUnit: steps of the integration in a unit of time.
  /// - Returns: [count].
  public static func values(
    count: Int, delay: Int, history: Double, stepsPerUnit: Int = 10
  ) -> [Double] {
    let h = 1 / Double(stepsPerUnit)
    let lag = delay * stepsPerUnit
    let last = (count - 1) * stepsPerUnit
    var x = [Double](repeating: history, count: lag + last + 1)
    var slopes = [Double](repeating: 0, count: lag + last + 1)
    for place in 0..<last {
      // x[lag + place] is x at place · h, and x[place] at τ earlier.
      let now = x[lag + place]
      // At t = 0 the slope jumps: before it the history is constant.
      let slopeAfter = place + 1 == lag ? 0 : slopes[place + 1]
      let middle = (x[place] + x[place + 1]) / 2 + h / 8 * (slopes[place] - slopeAfter)
      let k1 = slope(now, x[place])
      let k2 = slope(now + h / 2 * k1, middle)
      let k3 = slope(now + h / 2 * k2, middle)
      let k4 = slope(now + h * k3, x[place + 1])
      x[lag + place + 1] = now + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
      slopes[lag + place] = k1
      slopes[lag + place + 1] = slope(x[lag + place + 1], x[place + 1])
    }
    return (0..<count).map { x[lag + $0 * stepsPerUnit] }
  }

  private static func slope(_ x: Double, _ delayed: Double) -> Double {
    0.2 * delayed / (1 + pow(delayed, 10)) - 0.1 * x
  }
}
