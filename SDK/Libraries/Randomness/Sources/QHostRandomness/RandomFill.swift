internal import CQHostRandomness

/// Fills buffers with random numbers of stream (key, step, index); see ``Philox``.
public enum RandomFill {
  /// Uniformly random words.
  ///
  /// - Parameters:
  ///   - key: 64 bits from the run's seed and the component's place.
  ///   - step: of the stream.
  ///   - index: of the stream, below 2³².
  ///   - out: overwritten.
  public static func bits(
    key: UInt64, step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>
  ) {
    guard let start = out.baseAddress else { return }
    qhost_kernel_random_bits(key, step, streamIndex(index), out.count, start)
  }

  /// Values uniform over [0, 1): word · 2⁻⁵³ of the upper 53 bits.
  ///
  /// - Parameters:
  ///   - key: 64 bits from the run's seed and the component's place.
  ///   - step: of the stream.
  ///   - index: of the stream, below 2³².
  ///   - out: overwritten.
  public static func uniform(
    key: UInt64, step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>
  ) {
    guard let start = out.baseAddress else { return }
    qhost_kernel_random_uniform(key, step, streamIndex(index), out.count, start)
  }

  /// Values of mean 0 and deviation 1, by Box and Muller.
  ///
  /// - Parameters:
  ///   - key: 64 bits from the run's seed and the component's place.
  ///   - step: of the stream.
  ///   - index: of the stream, below 2³².
  ///   - out: overwritten.
  public static func normal(
    key: UInt64, step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>
  ) {
    guard let start = out.baseAddress else { return }
    qhost_kernel_random_normal(key, step, streamIndex(index), out.count, start)
  }

  private static func streamIndex(_ index: UInt64) -> UInt32 {
    precondition(index <= UInt64(UInt32.max), "stream index \(index) is not below 2^32")
    return UInt32(index)
  }
}
