import QHostNumerics

/// The two halves of a split step on a run of packets of one mass.
///
/// Buffers hold the real parts of all packets, [B × padded], and then the imaginary parts.
struct SplitSteps {
  /// The packets that are evolved.
  let packets: Range<Int>
  /// B, the number of packets.
  let packetCount: Int
  /// G, the number of grid points.
  let gridCount: Int
  /// G up to a multiple of 8.
  let padded: Int
  /// Whether time is real.
  let isReal: Bool
  /// Whether there are imaginary parts other than 0.
  let isComplex: Bool

  private var imaginaryOffset: Int { packetCount * padded }

  /// ψ ← factor · ψ, point by point.
  func multiply(_ state: UnsafeMutablePointer<Double>, by factor: UnsafePointer<Double>) {
    for packet in packets {
      let re = state + packet * padded
      let im = re + imaginaryOffset
      let c = factor + packet * padded
      let s = c + imaginaryOffset
      if isReal {
        for g in 0..<gridCount {
          (re[g], im[g]) = (c[g] * re[g] - s[g] * im[g], c[g] * im[g] + s[g] * re[g])
        }
      } else {
        for g in 0..<gridCount {
          re[g] *= c[g]
          im[g] *= c[g]
        }
      }
    }
  }

  /// ψ ← Uψ with U symmetric, [G × padded], or its real and imaginary part side by side.
  func moveFreely(
    _ state: UnsafeMutablePointer<Double>, by propagator: UnsafePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let columns = isReal ? 2 * padded : padded
    let part = packets.count * columns
    let first = state + packets.lowerBound * padded
    for offset in 0..<(isComplex ? 2 : 1) {
      RowProduct.multiply(
        rows: packets.count, inner: gridCount, columns: columns, first + offset * imaginaryOffset,
        stride: padded, propagator, into: scratch + offset * part)
    }
    for packet in 0..<packets.count {
      let re = first + packet * padded
      let im = re + imaginaryOffset
      let a = scratch + packet * columns
      let b = a + part
      if isReal {
        for g in 0..<gridCount {
          re[g] = a[g] - b[padded + g]
          im[g] = b[g] + a[padded + g]
        }
      } else {
        for g in 0..<gridCount { re[g] = a[g] }
        if isComplex { for g in 0..<gridCount { im[g] = b[g] } }
      }
    }
  }

  /// Makes each packet 1 long; false when one is 0 or not finite.
  func normalize(_ state: UnsafeMutablePointer<Double>) -> Bool {
    for packet in packets {
      let re = state + packet * padded
      let im = re + imaginaryOffset
      var square = 0.0
      for g in 0..<gridCount { square += re[g] * re[g] + im[g] * im[g] }
      guard square > 0, square < .infinity else { return false }
      let scale = 1 / square.squareRoot()
      for g in 0..<gridCount {
        re[g] *= scale
        im[g] *= scale
      }
    }
    return true
  }
}
