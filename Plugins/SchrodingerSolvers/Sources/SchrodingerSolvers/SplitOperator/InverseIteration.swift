import QHostNumerics

/// Inverse iteration towards the lowest eigenvector of H = J·K + diag(V), K dense and symmetric.
///
/// x ← (H − s)⁻¹x with a shift s that is proven to lie below every level: H − s has Cholesky's factors.
/// s moves up to ⟨H⟩ − ‖Hx − ⟨H⟩x‖, which leaves no level out when x is near the ground state, and by
/// bisection when the factors say that it does. Quadratic: 2 to 5 factors of G³/3 operations each.
struct InverseIteration {
  /// K, [G × G].
  let kinetic: UnsafePointer<Double>
  /// J > 0.
  let hopping: Double
  /// V, [G].
  let potential: UnsafeBufferPointer<Double>
  /// The largest change of amplitudes that ends it.
  let tolerance: Double

  private var count: Int { potential.count }

  /// Improves a vector of length 1 in place.
  ///
  /// - Parameters:
  ///   - state: [G]; in and out.
  ///   - floor: a number below all levels.
  ///   - factor: scratch, [G × G].
  ///   - next: scratch, [G].
  /// - Returns: the energy ⟨H⟩.
  func run(
    _ state: UnsafeMutablePointer<Double>, floor: Double, factor: UnsafeMutablePointer<Double>,
    next: UnsafeMutablePointer<Double>
  ) -> Double {
    guard let diagonal = potential.baseAddress else { return 0 }
    var low = floor
    var (energy, residual) = quotient(state, next)
    var high = energy
    for _ in 0..<60 {
      var shift = energy - residual
      if !(shift > low) { shift = low }
      while !Cholesky.factor(
        count: count, matrix: kinetic, scale: hopping, diagonal: diagonal, shift: shift,
        into: factor), shift > low
      {
        high = min(high, shift)
        let middle = low + (high - low) / 2
        shift = middle < high ? middle : low
      }
      low = max(low, shift)
      for g in 0..<count { next[g] = state[g] }
      Cholesky.solve(count: count, factor: factor, next)
      let change = replace(state, by: next)
      (energy, residual) = quotient(state, next)
      if change <= tolerance { break }
    }
    return energy
  }

  /// Takes the new vector, made 1 long and of the old one's sign; returns how far it is from the old.
  private func replace(
    _ state: UnsafeMutablePointer<Double>, by next: UnsafePointer<Double>
  ) -> Double {
    var square = 0.0
    var overlap = 0.0
    for g in 0..<count {
      square += next[g] * next[g]
      overlap += next[g] * state[g]
    }
    // Nothing is left of a vector that overflowed: the old one is the answer to rounding.
    guard square > 0, square < .infinity else { return 0 }
    let scale = (overlap < 0 ? -1 : 1) / square.squareRoot()
    var largest = 0.0
    for g in 0..<count {
      let value = next[g] * scale
      largest = max(largest, abs(value - state[g]))
      state[g] = value
    }
    return largest
  }

  /// ⟨H⟩ and ‖Hx − ⟨H⟩x‖ of a vector of length 1.
  private func quotient(
    _ state: UnsafePointer<Double>, _ image: UnsafeMutablePointer<Double>
  ) -> (energy: Double, residual: Double) {
    for g in 0..<count { image[g] = potential[g] * state[g] }
    for h in 0..<count {
      let row = kinetic + h * count
      let part = hopping * state[h]
      for g in 0..<count { image[g] += part * row[g] }
    }
    var energy = 0.0
    for g in 0..<count { energy += state[g] * image[g] }
    var square = 0.0
    for g in 0..<count {
      let rest = image[g] - energy * state[g]
      square += rest * rest
    }
    return (energy, square.squareRoot())
  }
}
