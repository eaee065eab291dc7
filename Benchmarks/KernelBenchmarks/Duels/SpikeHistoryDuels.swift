import CAnomalyDetectors
import QHostMemory

/// Spike counts of 96 neurons beside those of 4,096 values.
enum SpikeHistoryDuels {
  private static let (neurons, blocks, most) = (96, 64, 16)
  private static let block = Int(QHOST_SPIKE_BLOCK)

  private static func counts(_ count: Int, seed: UInt64) -> AlignedBuffer<UInt8> {
    let (numbers, buffer) = (
      Numbers.doubles(count, seed: seed, in: 0...Double(most)), AlignedBuffer<UInt8>(count: count)
    )
    for place in 0..<count { buffer.start[place] = UInt8(numbers.start[place].rounded()) }
    return buffer
  }

  static func all() -> [Duel] {
    let counts = counts(blocks * neurons * block, seed: 1)
    let now = Self.counts(neurons, seed: 2)
    let values = blocks * block
    let squares = Numbers.floats(values, seed: 3, in: 0...1)
    let before = Numbers.floats(values, seed: 4, in: 0...1)
    func room(_ count: Int) -> (AlignedBuffer<Float>, AlignedBuffer<Float>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    return [
      Duel("kernel_spike_squares", "\(neurons) neurons, \(values) values", room(values)) {
        qhost_kernel_spike_squares(
          counts.start, now.start, neurons, blocks, UInt32(most), $0)
      } plain: {
        for place in 0..<values {
          let first = counts.start + place / block * neurons * block + place % block
          var sum = 0
          for neuron in 0..<neurons {
            let difference = Int(now.start[neuron]) - Int(first[neuron * block])
            sum += difference * difference
          }
          $0[place] = Float(sum)
        }
      },
      Duel("kernel_spike_nearest", "\(values) values", room(values + 1)) {
        $0.update(from: before.start, count: values)
        $0[values] = qhost_kernel_spike_nearest(
          $0, squares.start, values, 0.75, 100, values - 100)
      } plain: {
        var least = Float.infinity
        for place in 0..<values {
          $0[place] = 0.75 * before.start[place] + 0.25 * squares.start[place]
          if place >= 100, place < values - 100 { least = min(least, $0[place]) }
        }
        $0[values] = least
      },
    ]
  }
}
