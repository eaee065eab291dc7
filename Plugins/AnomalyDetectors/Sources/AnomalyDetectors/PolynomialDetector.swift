public import QHostInterfaces

/// Error of a line through the last values, in deviations of errors of late.
///
/// x̂(t) is the least-squares line through the `window` values before t at t; the score is |x − x̂|/√(v + 10⁻⁴) with
/// v ← λ v + (1 − λ)(x − x̂)², a plain form of GARCH.
///
/// Source: POLY of J. Paparrizos et al., TSB-UAD, VLDB 2022, power 1.
///
/// *Deviations*: POLY fits neighbourhoods on both sides and the whole series at once; here nothing is seen before its time.
public final class PolynomialDetector: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "poly", summary: "Anomaly score: error of a line through the last values.",
    source: "J. Paparrizos et al., TSB-UAD, VLDB 2022.",
    parameters: [
      .integer("window", default: 50, in: 3...100_000, "Values that the line goes through."),
      .real("memory", default: 0.999, in: 0...0.999999, "λ, how slowly errors are forgotten."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let window = request.configuration.integer("window")
    let memory = request.configuration.real("memory")
    source = try DetectorSource(mapping, multiplyAdds: 2 * window) { _ in
      Line(window: window, memory: memory)
    }
  }

  private struct Line: OnlineDetector {
    let window: Int
    let memory: Double
    var values: [Double] = []
    var next = 0
    var variance = 1e-3

    init(window: Int, memory: Double) {
      self.window = window
      self.memory = memory
    }

    mutating func score(_ value: Double) -> Double {
      var score = 0.0
      if values.count >= 3 {
        let error = value - extrapolation
        score = abs(error) / (variance + 1e-4).squareRoot()
        variance = memory * variance + (1 - memory) * error * error
      }
      if values.count < window { values.append(value) } else { values[next] = value }
      next = (next + 1) % window
      return score
    }

    private var extrapolation: Double {
      let count = values.count
      let middle = Double(count - 1) / 2
      // While the window fills, the oldest value is the first one.
      let oldest = count < window ? 0 : next
      var (sum, slope, squares) = (0.0, 0.0, 0.0)
      for place in 0..<count {
        let value = values[(oldest + place) % count]
        let distance = Double(place) - middle
        sum += value
        slope += value * distance
        squares += distance * distance
      }
      return sum / Double(count) + slope / squares * (Double(count) - middle)
    }
  }
}
