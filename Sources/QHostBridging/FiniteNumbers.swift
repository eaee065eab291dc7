extension UnsafeBufferPointer<Double> {
  /// Whether none of them is infinite or NaN.
  ///
  /// An exponent of all ones carries into the sign bit: on integers the loop has no order, so that it is vectorised.
  package var areFinite: Bool {
    let exponent = UInt64(0x7FF) << 52
    var carries: UInt64 = 0
    for value in self { carries |= (value.bitPattern & exponent) &+ (1 << 52) }
    return carries >> 63 == 0
  }
}
