internal import QHostInterfaces

/// A matrix of weights as integers with a scale for each row: w_ij = s_i k_ij, |k_ij| ≤ 2^(b−1) − 1.
///
/// A row is what is of one index of the first axis: the weights of a unit, or of a filter.
struct RoundedMatrix: Sendable {
  /// The tensor, of at least two axes.
  let block: ParameterBlock
  /// b, 2 to 16: bits of an integer, its sign included.
  let bits: Int

  var rowCount: Int { block.shape.extents[0] }
  var rowLength: Int { block.shape.count / rowCount }
  /// Bits of all integers, and of the scales in single precision.
  var storedBits: Int { bits * block.shape.count + Float.bitCount * rowCount }

  /// The largest integer.
  private var top: Double { Double(1 << (bits - 1) - 1) }

  /// s of the row that begins at a place: with it the largest of its numbers is the largest integer.
  private func scale(_ numbers: UnsafeBufferPointer<Double>, at first: Int) -> Float {
    var largest = 0.0
    for place in first..<first + rowLength { largest = max(largest, abs(numbers[place])) }
    return Float(largest / top)
  }

  /// k of a number.
  private func integer(_ number: Double, _ scale: Float) -> Double {
    guard scale > 0 else { return 0 }
    return min(max((number / Double(scale)).rounded(), -top), top)
  }

  /// Writes the weights that the integers stand for, in their places among all.
  ///
  /// They are products in single precision, so that a program which has integers and scales has the same.
  func round(
    _ numbers: UnsafeBufferPointer<Double>, into weights: UnsafeMutableBufferPointer<Double>
  ) {
    for row in 0..<rowCount {
      let first = block.offset + row * rowLength
      let scale = scale(numbers, at: first)
      for place in first..<first + rowLength {
        weights[place] = Double(Float(integer(numbers[place], scale)) * scale)
      }
    }
  }

  /// The integers, row-major, and the scales.
  func stored(_ numbers: UnsafeBufferPointer<Double>) -> (integers: [Int32], scales: [Float]) {
    var integers: [Int32] = []
    var scales: [Float] = []
    integers.reserveCapacity(block.shape.count)
    for row in 0..<rowCount {
      let first = block.offset + row * rowLength
      let scale = scale(numbers, at: first)
      scales.append(scale)
      for place in first..<first + rowLength {
        integers.append(Int32(integer(numbers[place], scale)))
      }
    }
    return (integers, scales)
  }
}

extension Float {
  /// Bits of a number in single precision.
  static let bitCount = 32
}

/// Rounds the matrices among a model's weights, and lets the rest be.
///
/// The gradient passes rounding as if it were not there (straight-through estimator).
struct WeightRounding: ParameterGenerator {
  let matrices: [RoundedMatrix]

  func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>
  ) {
    for index in inner.indices { inner[index] = parameters[index] }
    for matrix in matrices { matrix.round(parameters, into: inner) }
  }

  func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    for index in gradient.indices { gradient[index] = innerGradient[index] }
  }

  /// The work of rounding, and of a gradient's way back, for so many weights, in units of 0.02 ns of a core.
  static func work(_ weightCount: Int) -> (generating: Double, pullingBack: Double) {
    (100 * Double(weightCount), 20 * Double(weightCount))
  }
}
