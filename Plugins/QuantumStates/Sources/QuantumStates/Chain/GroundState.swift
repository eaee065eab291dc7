internal import Foundation
internal import QHostNumerics

/// Exact diagonalisation of short chains.
public enum GroundState {
  /// The lowest energy, by Lanczos.
  ///
  /// - Parameter chain: of so many spins that three vectors of 2ᴺ numbers have room.
  /// - Returns: the energy; `nil` where the recursion did not settle.
  public static func energy(of chain: SpinHamiltonian) -> Double? {
    let count = 1 << chain.spinCount
    // No symmetry of a chain hides the ground state from numbers without any.
    let start = (0..<count).map { 1 + 0.5 * sin(1.7 * Double($0) + 0.3 * Double($0 % 7)) }
    return Lanczos().lowest(start: start) { chain.multiply($0, into: &$1) }
  }
}
