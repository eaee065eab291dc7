import QHostMemory
import QHostRandomness

/// Numbers that are the same in each run.
enum Numbers {
  /// Uniform over a range.
  static func doubles(
    _ count: Int, seed: UInt64, in range: ClosedRange<Double> = -1...1
  ) -> AlignedBuffer<Double> {
    let buffer = AlignedBuffer<Double>(count: count)
    RandomFill.uniform(
      key: seed, step: 0, index: 0, UnsafeMutableBufferPointer(start: buffer.start, count: count))
    for place in 0..<count {
      buffer.start[place] =
        range.lowerBound + (range.upperBound - range.lowerBound) * buffer.start[place]
    }
    return buffer
  }

  static func floats(
    _ count: Int, seed: UInt64, in range: ClosedRange<Double> = -1...1
  ) -> AlignedBuffer<Float> {
    let (numbers, buffer) = (
      doubles(count, seed: seed, in: range), AlignedBuffer<Float>(count: count)
    )
    for place in 0..<count { buffer.start[place] = Float(numbers.start[place]) }
    return buffer
  }

  /// Integers of 0 ..< bound as reals: labels, for example.
  static func labels(_ count: Int, below bound: Int, seed: UInt64) -> AlignedBuffer<Float> {
    let buffer = floats(count, seed: seed, in: 0...Double(bound))
    for place in 0..<count {
      buffer.start[place] = min(buffer.start[place].rounded(.down), Float(bound - 1))
    }
    return buffer
  }
}

extension AlignedBuffer {
  /// Its numbers as a list.
  var list: [Element] { Array(UnsafeBufferPointer(start: start, count: count)) }
  /// Its numbers, to be read.
  var view: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
  /// Its numbers, to be written.
  var room: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }
}
