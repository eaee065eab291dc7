import CAnomalyDetectors
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Kernels of spike counts")
struct SpikeHistoryKernelTests {
  private static let block = Int(QHOST_SPIKE_BLOCK)

  private static func counts(_ count: Int, most: Int, seed: UInt64) -> [UInt8] {
    var random = RandomStream(host: TestHost(seed: seed))
    return (0..<count).map { _ in UInt8(min(Double(most), random.uniform() * Double(most + 1))) }
  }

  /// 255: a square alone fills 16 bits; 37: 47 neurons fit, so that groups do not end with the neurons.
  @Test("Squares of differences are exact", arguments: [1, 16, 37, 255])
  func squares(_ most: Int) {
    let (neurons, blocks) = (101, 3)
    var counts = Self.counts(blocks * neurons * Self.block, most: most, seed: 1)
    var now = Self.counts(neurons, most: most, seed: 2)
    // The largest differences there are, in both directions.
    for neuron in 0..<neurons {
      counts[neuron * Self.block] = neuron % 2 == 0 ? 0 : UInt8(most)
      now[neuron] = neuron % 2 == 0 ? UInt8(most) : 0
    }
    var found = [Float](repeating: .nan, count: blocks * Self.block)
    qhost_kernel_spike_squares(counts, now, neurons, blocks, UInt32(most), &found)
    for place in found.indices {
      let (block, lane) = (place / Self.block, place % Self.block)
      let sum = (0..<neurons).reduce(0) { sum, neuron in
        let other = counts[(block * neurons + neuron) * Self.block + lane]
        let difference = Int(now[neuron]) - Int(other)
        return sum + difference * difference
      }
      #expect(found[place] == Float(sum))
    }
  }

  @Test(
    "Distances are forgotten, and the least of a range is found",
    arguments: [0..<131, 0..<16, 7..<40, 120..<131, 5..<5])
  func nearest(_ range: Range<Int>) {
    var random = RandomStream(host: TestHost(seed: 3))
    let before = (0..<131).map { _ in Float(random.uniform()) }
    let squares = (0..<131).map { _ in Float(random.uniform()) }
    var after = before
    let least = qhost_kernel_spike_nearest(
      &after, squares, 131, 0.75, range.lowerBound, range.upperBound)
    #expect(zip(after, zip(before, squares)).allSatisfy { $0 == 0.75 * $1.0 + 0.25 * $1.1 })
    #expect(least == after[range].min() ?? .infinity)
  }
}
