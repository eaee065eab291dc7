/// A chain of N spins: H = Σᵢ zᵢ σᶻᵢσᶻᵢ₊₁ + xᵢ (σˣᵢσˣᵢ₊₁ + σʸᵢσʸᵢ₊₁) − hᵢ σˣᵢ, i + 1 modulo N.
///
/// Pauli matrices, not spins of ½: energies are those of NetKet, four times those of quimb for couplings. zᵢ > 0 is
/// antiferromagnetic. Two spins on a ring have two bonds.
public struct SpinHamiltonian: Sendable, Equatable {
  /// Couplings of z components [N]; the last closes the ring, 0 in open chains.
  public var z: [Double]
  /// Couplings of x and of y components [N].
  public var x: [Double]
  /// Transverse fields [N].
  public var h: [Double]

  /// Makes a chain of so many spins as there are couplings.
  public init(z: [Double], x: [Double], h: [Double]) {
    precondition(z.count == x.count && x.count == h.count && z.count > 1, "a chain has two spins")
    (self.z, self.x, self.h) = (z, x, h)
  }

  /// N, the number of spins.
  public var spinCount: Int { z.count }

  /// Whether the sum of spins is conserved.
  public var conservesSum: Bool { h.allSatisfy { $0 == 0 } }

  /// A number that no energy is below: every term at its lowest.
  public var lowerBound: Double {
    var sum = 0.0
    for i in z.indices {
      // z σᶻσᶻ + x (σˣσˣ + σʸσʸ) of two spins has the eigenvalues z, z, −z ± 2x.
      sum += min(z[i], -z[i] - 2 * abs(x[i])) - abs(h[i])
    }
    return sum
  }

  /// A number that no energy is above.
  public var upperBound: Double {
    z.indices.reduce(0) { $0 + max(z[$1], -z[$1] + 2 * abs(x[$1])) + abs(h[$1]) }
  }

  /// Adds H · vector to `sum`; bit i of a state is 1 where spin i is down.
  ///
  /// - Parameters:
  ///   - vector: amplitudes [2ᴺ].
  ///   - sum: [2ᴺ].
  public func multiply(_ vector: [Double], into sum: inout [Double]) {
    let n = spinCount
    vector.withUnsafeBufferPointer { vector in
      sum.withUnsafeMutableBufferPointer { sum in
        for state in 0..<vector.count {
          var energy = 0.0
          var total = 0.0
          for i in 0..<n {
            let k = i + 1 < n ? i + 1 : 0
            let isApart = (state >> i ^ state >> k) & 1 == 1
            energy += isApart ? -z[i] : z[i]
            if x[i] != 0, isApart { total += 2 * x[i] * vector[state ^ (1 << i) ^ (1 << k)] }
            if h[i] != 0 { total -= h[i] * vector[state ^ (1 << i)] }
          }
          sum[state] += energy * vector[state] + total
        }
      }
    }
  }
}
