import CAnomalyDetectors
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The spike trains that neurons have had, and how far the last ones are from them.
///
/// With S(t, l) = 1/(N K²) Σ (n(t) − n(t − l))², n(t) being the spikes of each neuron at the value t, the distance of the trains that end
/// at t from those that ended l values before is D(t, l) = κ D(t − 1, l) + (1 − κ) S(t, l) with κ = e^(−1/τ), for each time constant τ; for τ = 0
/// it is S. D begins with 0. The nearest trains are those with the least √D of all l > τ, where at least τ values lie before them.
struct SpikeHistory: Sendable {
  private static let block = Int(QHOST_SPIKE_BLOCK)

  /// A time constant and its distances.
  private struct Scale {
    let timeConstant: Double
    let keep: Float
    /// N K² D of lags `capacity` to 1, [capacity].
    var distances: [Float]
  }

  private let neuronCount: Int
  private let stepCount: Int
  private let capacity: Int
  private var scales: [Scale]
  /// Of values from `base` on, [blocks × N × 64].
  private var counts: [UInt8] = []
  private var squares: [Float] = []
  /// The first value that is kept, and the next one.
  private var (base, now) = (0, 0)

  /// - Parameters:
  ///   - timeConstants: τ, at least 0, in values.
  ///   - neuronCount: N, at least 1.
  ///   - stepCount: K, 1 to 255.
  ///   - capacity: the largest l, above all τ.
  init(timeConstants: [Double], neuronCount: Int, stepCount: Int, capacity: Int) {
    self.neuronCount = neuronCount
    self.stepCount = stepCount
    self.capacity = capacity
    scales = timeConstants.map {
      Scale(
        timeConstant: $0, keep: Float(exp(-1 / $0)),
        distances: [Float](repeating: 0, count: capacity))
    }
  }

  /// Takes the spikes of the next value.
  ///
  /// - Parameter spikes: of each neuron, at most K, [N].
  /// - Returns: the distance from the nearest trains for each τ; 0 where there are none.
  /// - Complexity: O(values kept · (N + time constants)).
  mutating func distances(_ spikes: [UInt8]) -> [Double] {
    let oldest = max(0, now - capacity)
    square(spikes)
    let found = scales.indices.map { nearest($0, oldest: oldest) }
    append(spikes)
    return found
  }

  /// N K² S of all values that are kept.
  private mutating func square(_ spikes: [UInt8]) {
    let blockCount = counts.count / (neuronCount * Self.block)
    let missing = blockCount * Self.block - squares.count
    if missing > 0 { squares += repeatElement(0, count: missing) }
    counts.withUnsafeBufferPointer { counts in
      spikes.withUnsafeBufferPointer { spikes in
        squares.withUnsafeMutableBufferPointer { squares in
          guard let counts = counts.baseAddress, let squares = squares.baseAddress,
            let spikes = spikes.baseAddress
          else { return }
          qhost_kernel_spike_squares(
            counts, spikes, neuronCount, blockCount, UInt32(stepCount), squares)
        }
      }
    }
  }

  private mutating func nearest(_ place: Int, oldest: Int) -> Double {
    let (count, offset) = (now - oldest, capacity - (now - oldest))
    let timeConstant = scales[place].timeConstant
    let first = min(max(0, Int(timeConstant.rounded(.up)) - oldest), count)
    let last = max(first, count - Int(timeConstant))
    let (keep, skipped) = (scales[place].keep, oldest - base)
    guard count > 0 else { return 0 }
    let least = scales[place].distances.withUnsafeMutableBufferPointer { distances in
      squares.withUnsafeBufferPointer { squares in
        guard let distances = distances.baseAddress, let squares = squares.baseAddress else {
          return Float.infinity
        }
        return qhost_kernel_spike_nearest(
          distances + offset, squares + skipped, count, keep, first, last)
      }
    }
    guard least.isFinite else { return 0 }
    return (Double(least) / Double(neuronCount)).squareRoot() / Double(stepCount)
  }

  private mutating func append(_ spikes: [UInt8]) {
    if (now - base) % Self.block == 0 {
      if now - base >= capacity + Self.block {
        // A block of values that no later one is compared with.
        counts.removeFirst(neuronCount * Self.block)
        base += Self.block
      }
      counts += repeatElement(0, count: neuronCount * Self.block)
    }
    let (block, lane) = ((now - base) / Self.block, (now - base) % Self.block)
    for neuron in 0..<neuronCount {
      counts[(block * neuronCount + neuron) * Self.block + lane] = spikes[neuron]
    }
    now += 1
  }
}
