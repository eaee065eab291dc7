/// Σ aᵢbᵢ in eight sums side by side, so that a processor's vectors can be used.
@inline(__always)
package func dotProduct(
  _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>
) -> Double {
  let count = a.count
  precondition(b.count == count, "vectors of unequal length")
  var sums = SIMD8<Double>()
  var place = 0
  if let a = a.baseAddress.map(UnsafeRawPointer.init),
    let b = b.baseAddress.map(UnsafeRawPointer.init)
  {
    while place + 8 <= count {
      let left = (a + 8 * place).loadUnaligned(as: SIMD8<Double>.self)
      let right = (b + 8 * place).loadUnaligned(as: SIMD8<Double>.self)
      sums += left * right
      place += 8
    }
  }
  var total = sums.sum()
  while place < count {
    total += a[place] * b[place]
    place += 1
  }
  return total
}
