#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Traces of spikes with one time constant, and the patterns of them that were new when they came.
///
/// A trace follows s ← e^(−1/τ) s + (1 − e^(−1/τ)) rate. Its novelty is d = √(1/N min Σ (s − w)²) over the stored patterns w. The trace of
/// ⌈τ⌉ + 1 values ago is stored where its own novelty was at least a threshold; where there is no room, it takes the place of the oldest.
struct SpikeTraceMemory {
  private let keep: Float
  private let delay: Int
  private let neuronCount: Int
  private let capacity: Int
  private let threshold: Float
  private var trace: [Float]
  /// Traces and novelties of the last `delay` + 1 values, in turn.
  private var traces: [Float]
  private var novelties: [Float]
  /// [N × capacity], so that distances to all patterns grow side by side.
  private var patterns: [Float]
  private var distances: [Float]
  private var storedCount = 0
  private var oldest = 0
  private var now = 0

  /// - Parameters:
  ///   - timeConstant: τ, in values.
  ///   - neuronCount: N.
  ///   - capacity: patterns at most.
  ///   - threshold: the novelty from which a trace is stored.
  init(timeConstant: Double, neuronCount: Int, capacity: Int, threshold: Double) {
    keep = Float(exp(-1 / timeConstant))
    delay = Int(timeConstant.rounded(.up)) + 1
    self.neuronCount = neuronCount
    self.capacity = capacity
    self.threshold = Float(threshold)
    trace = [Float](repeating: 0, count: neuronCount)
    traces = [Float](repeating: 0, count: (delay + 1) * neuronCount)
    novelties = [Float](repeating: 0, count: delay + 1)
    patterns = [Float](repeating: 0, count: neuronCount * capacity)
    distances = [Float](repeating: 0, count: capacity)
  }

  /// Takes the spikes of the next value.
  ///
  /// - Parameter rates: spikes a step, [N].
  /// - Returns: d; 0 before there are patterns.
  mutating func novelty(_ rates: [Float]) -> Double {
    let place = now % (delay + 1)
    for neuron in 0..<neuronCount {
      trace[neuron] = keep * trace[neuron] + (1 - keep) * rates[neuron]
      traces[place * neuronCount + neuron] = trace[neuron]
    }
    let novelty = storedCount == 0 ? 0 : (nearest() / Float(neuronCount)).squareRoot()
    novelties[place] = novelty
    let before = (now + 1) % (delay + 1)
    // The first trace is new, whatever its novelty says.
    if now == delay || now > delay && novelties[before] >= threshold { store(before) }
    now += 1
    return Double(novelty)
  }

  private mutating func nearest() -> Float {
    let (neuronCount, capacity, count) = (neuronCount, capacity, storedCount)
    return distances.withUnsafeMutableBufferPointer { distances in
      patterns.withUnsafeBufferPointer { patterns in
        for place in 0..<count { distances[place] = 0 }
        for neuron in 0..<neuronCount {
          let (own, first) = (trace[neuron], neuron &* capacity)
          for place in 0..<count {
            let difference = own - patterns[first &+ place]
            distances[place] += difference * difference
          }
        }
        var least = distances[0]
        for place in 1..<max(count, 1) {
          least = distances[place] < least ? distances[place] : least
        }
        return least
      }
    }
  }

  private mutating func store(_ place: Int) {
    for neuron in 0..<neuronCount {
      patterns[neuron * capacity + oldest] = traces[place * neuronCount + neuron]
    }
    oldest = (oldest + 1) % capacity
    storedCount = min(storedCount + 1, capacity)
  }
}
