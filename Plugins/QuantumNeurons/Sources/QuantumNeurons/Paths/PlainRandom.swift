/// The plain version of the kernels' random numbers and elementary functions: the same bits, one chain.
package struct PlainRandom: Sendable {
  private var s: [UInt32]

  /// Starts from two words.
  package init(seed: [UInt64]) { s = ChainBatch.state(seed) }

  /// xoshiro128+.
  package mutating func word() -> UInt32 {
    let result = s[0] &+ s[3]
    let shifted = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = s[3] << 11 | s[3] >> 21
    return result
  }

  /// Uniform over (0, 1) from the upper 20 bits of a word.
  package static func uniform(_ word: UInt32) -> Float {
    Float(0x1p-21).addingProduct(Float(word >> 12), 0x1p-20)
  }

  /// e^−x, as far as the kernels have it.
  package static func decay(_ x: Float) -> Float {
    let z = -(x > 80 ? 80 : x)
    let shifted = Float(12582912).addingProduct(z, 1.44269504)
    let r = z.addingProduct(shifted - 12582912, -0.693147181)
    var p = Float(0.16787474).addingProduct(r, 0.04151385)
    for factor: Float in [0.50003014, 0.99996684, 1] { p = factor.addingProduct(p, r) }
    return Float(bitPattern: p.bitPattern &+ shifted.bitPattern << 23)
  }

  /// Whether a move that raises the action by x is accepted.
  package mutating func accepts(_ x: Float) -> Bool { Self.uniform(word()) < Self.decay(x) }

  /// ln u.
  package static func logarithm(_ u: Float) -> Float {
    let bits = Int32(bitPattern: u.bitPattern)
    let e = (bits &- 0x3F2A_AAAB) >> 23
    let m = Float(bitPattern: UInt32(bitPattern: bits &- e << 23)) - 1
    var p = Float(0.17194305).addingProduct(m, -0.15918625)
    for factor: Float in [-0.16307449, 0.19784345, -0.25014341, 0.33338043, -0.49999832] {
      p = factor.addingProduct(p, m)
    }
    return m.addingProduct(p, m * m).addingProduct(Float(e), 0.693147181)
  }

  /// Two normal numbers.
  package mutating func normals() -> (Float, Float) {
    let (w, v) = (word(), word())
    let u = Float(0x1p-25).addingProduct(Float(w >> 8), 0x1p-24)
    let r = (-2 * Self.logarithm(u)).squareRoot()
    let t = Float(Int32(bitPattern: v << 1)) * 0x1p-32
    let q = t * t
    var s = Float(-0.59804517).addingProduct(q, 0.07722013)
    for factor: Float in [2.55003138, -5.16770688, 3.14159258] { s = factor.addingProduct(s, q) }
    var c = Float(-1.33188012).addingProduct(q, 0.219696716)
    for factor: Float in [4.05841191, -4.93479286, 0.999999953] { c = factor.addingProduct(c, q) }
    return (r * (s * t), Float(bitPattern: (r * c).bitPattern ^ v & 0x8000_0000))
  }
}
