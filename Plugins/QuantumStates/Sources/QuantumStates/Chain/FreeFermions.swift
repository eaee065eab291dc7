internal import Foundation

/// The ground states of uniform Ising chains in closed form: chains of free fermions.
///
/// Sources: E. Lieb, T. Schultz, D. Mattis, Ann. Phys. 16 (1961) 407; P. Pfeuty, Ann. Phys. 57 (1970) 79.
public enum FreeFermions {
  /// The lowest energy of J Σ σᶻσᶻ − h Σ σˣ on a ring of N spins.
  ///
  /// −Σ √(J² + h² − 2|J|h cos k) over k = (2m + 1)π/N, for ferromagnetic rings and those of even N, where a turn of every
  /// second spin makes an antiferromagnetic ring ferromagnetic. An odd antiferromagnetic ring is frustrated: `nil`.
  ///
  /// - Parameters:
  ///   - spinCount: N ≥ 2.
  ///   - coupling: J.
  ///   - field: h; its sign does not matter.
  /// - Returns: the energy of the whole ring.
  public static func ring(spinCount: Int, coupling: Double, field: Double) -> Double? {
    guard spinCount.isMultiple(of: 2) || coupling <= 0 else { return nil }
    let (j, h) = (abs(coupling), abs(field))
    return -(0..<spinCount).reduce(0.0) { sum, m in
      let k = Double.pi * Double(2 * m + 1) / Double(spinCount)
      return sum + max(0, j * j + h * h - 2 * j * h * cos(k)).squareRoot()
    }
  }

  /// The same of an open chain: minus the sum of the singular values of h on the diagonal and J beside it.
  ///
  /// - Parameters:
  ///   - spinCount: N ≥ 2.
  ///   - coupling: J.
  ///   - field: h.
  /// - Returns: the energy of the whole chain.
  public static func open(spinCount: Int, coupling: Double, field: Double) -> Double {
    // The eigenvalues of AᵀA, tridiagonal, by bisection on Sturm's count.
    let (j, h) = (coupling, field)
    let diagonal = (0..<spinCount).map { $0 == 0 ? h * h : h * h + j * j }
    let beside = j * h
    func below(_ value: Double) -> Int {
      var (count, pivot) = (0, 1.0)
      for index in 0..<spinCount {
        let fraction = index == 0 ? 0 : beside * beside / (pivot == 0 ? 1e-300 : pivot)
        pivot = diagonal[index] - value - fraction
        if pivot < 0 { count += 1 }
      }
      return count
    }
    let top = (abs(j) + abs(h)) * (abs(j) + abs(h)) * (1 + 1e-12) + 1e-300
    return -(0..<spinCount).reduce(0.0) { sum, index in
      var (lower, upper) = (0.0, top)
      for _ in 0..<200 {
        let middle = 0.5 * (lower + upper)
        guard middle > lower, middle < upper else { break }
        if below(middle) > index { upper = middle } else { lower = middle }
      }
      return sum + (0.5 * (lower + upper)).squareRoot()
    }
  }
}
