/// The plain version of the kernels on a discretised line: one particle in one potential.
///
/// (Hψ)_g = V_g ψ_g + J (2ψ_g − ψ_{g−1} − ψ_{g+1}), ψ = 0 beyond the grid.
public struct LineHamiltonian: Sendable {
  /// V, [G], at least two points.
  public var potential: [Double]
  /// J = ħ²/(2m·spacing²), above 0.
  public var hopping: Double

  /// Makes the operator.
  public init(potential: [Double], hopping: Double) {
    self.potential = potential
    self.hopping = hopping
  }

  /// How many levels lie below `energy`: Sturm's count of negative pivots.
  public func levelCount(below energy: Double) -> Int {
    var count = 0
    var pivot = 1.0
    for (g, v) in potential.enumerated() {
      let before = g == 0 ? 0 : hopping * hopping / pivot
      pivot = v + 2 * hopping - energy - before
      if pivot == 0 { pivot = -1e-290 }
      if pivot < 0 { count += 1 }
    }
    return count
  }

  /// The lowest level by bisection and its state by inverse iteration, the sum of squares 1.
  public func groundState() -> (energy: Double, amplitudes: [Double]) {
    var low = potential.min() ?? 0
    var high = low + 2 * hopping
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if levelCount(below: middle) == 0 { low = middle } else { high = middle }
    }
    var state = potential.map { _ in 1.0 }
    for _ in 0..<10 {
      state = solve(state.map { ($0, 0) }, factor: 1, shift: -low).map(\.0)
      let norm = state.reduce(0) { $0 + $1 * $1 }.squareRoot()
      state = state.map { abs($0) / norm }
    }
    return (low, state)
  }

  /// One step of Crank and Nicolson's method, `halfStep` = time step / 2ħ.
  public func crankNicolson(_ psi: [(Double, Double)], halfStep: Double) -> [(Double, Double)] {
    let y = solve(psi.map { (2 * $0.0, 2 * $0.1) }, factor: 1, shift: 0, imaginary: halfStep)
    return zip(y, psi).map { ($0.0 - $1.0, $0.1 - $1.1) }
  }

  /// One step of the two-stage implicit method in imaginary time, not normalised; `step` = Δt/ħ.
  public func imaginaryTime(_ psi: [Double], step: Double) -> [Double] {
    let c = step * (1 - 0.5.squareRoot())
    let shift = 1 - c * (potential.min() ?? 0)
    let y = solve(psi.map { ($0, 0) }, factor: c, shift: shift)
    let w = solve(y, factor: c, shift: shift)
    let root = 2.0.squareRoot()
    return zip(w, y).map { (1 + root) * $0.0 - root * $1.0 }
  }

  /// Thomas's algorithm for (shift + factor·H) x = b, or (1 + i·imaginary·H) x = b.
  private func solve(
    _ b: [(Double, Double)], factor: Double, shift: Double, imaginary: Double? = nil
  ) -> [(Double, Double)] {
    let scale = imaginary.map { (0.0, $0) } ?? (factor, 0.0)
    let one = imaginary == nil ? shift : 1
    let off = (-scale.0 * hopping, -scale.1 * hopping)
    var x = b
    var ratios: [(Double, Double)] = []
    for g in x.indices {
      let h = potential[g] + 2 * hopping
      var pivot = (one + scale.0 * h, scale.1 * h)
      if g > 0 {
        pivot = minus(pivot, times(off, ratios[g - 1]))
        x[g] = minus(x[g], times(off, x[g - 1]))
      }
      if pivot == (0, 0) { pivot = (1e-290, 0) }
      x[g] = over(x[g], pivot)
      ratios.append(over(off, pivot))
    }
    for g in x.indices.dropLast().reversed() { x[g] = minus(x[g], times(ratios[g], x[g + 1])) }
    return x
  }

  private func times(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
  }

  private func minus(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double) {
    (a.0 - b.0, a.1 - b.1)
  }

  private func over(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double) {
    if b.1 == 0 { return (a.0 / b.0, a.1 / b.0) }
    let square = b.0 * b.0 + b.1 * b.1
    return ((a.0 * b.0 + a.1 * b.1) / square, (a.1 * b.0 - a.0 * b.1) / square)
  }
}
