#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QHostInterfaces

/// Leaky integrate-and-fire neurons that a value drives, each within a range of its own.
///
/// A value x is shown for K steps as the current I = 1.5 max(1 + s (asinh x − c), 0): v ← a v + (1 − a) I with a = e^(−1/2), a spike where
/// v > 1, and v ← min(v − 1, 1). Every second neuron has a slope s below 0, and so fires the more the lower the value.
struct SpikingPopulation: Sendable {
  private static let decay = Float(exp(-0.5))
  private static let drive: Float = 1.5
  private static let slopes = 0.3...4.0
  private static let spread = 4.0

  private let slopes: [Float]
  private let biases: [Float]
  private let stepCount: Int
  private var membranes: [Float]
  /// Spikes of each neuron at the last value, at most K, [N].
  private(set) var spikes: [UInt8]

  /// Draws slopes and centres.
  ///
  /// - Parameters:
  ///   - count: N, at least 1.
  ///   - stepCount: K, 1 to 255.
  ///   - random: gives two uniform numbers a neuron.
  init(count: Int, stepCount: Int, random: inout RandomStream) {
    var (slopes, biases): ([Float], [Float]) = ([], [])
    for index in 0..<count {
      let centre = Self.spread * (2 * random.uniform() - 1)
      let range = Self.slopes.upperBound - Self.slopes.lowerBound
      let slope = (Self.slopes.lowerBound + range * random.uniform()) * (index % 2 == 0 ? 1 : -1)
      slopes.append(Float(slope))
      biases.append(Float(1 - slope * centre))
    }
    self.slopes = slopes
    self.biases = biases
    self.stepCount = stepCount
    membranes = [Float](repeating: 0, count: count)
    spikes = [UInt8](repeating: 0, count: count)
  }

  /// Shows the next value.
  mutating func show(_ value: Double) {
    let shown = Float(asinh(value))
    for neuron in membranes.indices {
      let current = Self.drive * max(slopes[neuron] * shown + biases[neuron], 0)
      var (membrane, count) = (membranes[neuron], UInt8(0))
      for _ in 0..<stepCount {
        membrane = Self.decay * membrane + (1 - Self.decay) * current
        guard membrane > 1 else { continue }
        membrane = min(membrane - 1, 1)
        count += 1
      }
      membranes[neuron] = membrane
      spikes[neuron] = count
    }
  }
}
