internal import CSchrodingerSolvers

/// Ground states on a discretised line; ``LineHamiltonian/groundState()`` is the plain version.
public enum GroundState {
  /// Doubles of scratch memory that a grid needs.
  public static func scratchCount(gridCount: Int) -> Int { 32 * gridCount }

  /// Writes amplitudes [B × G], none negative, Σ over each packet of their squares 1, and energies [B].
  ///
  /// - Parameters:
  ///   - gridCount: G, at least 2.
  ///   - potentials: [B × G]; V.
  ///   - hopping: [B], above 0; J = ħ²/(2m·spacing²).
  ///   - tolerance: how much of other states may be left in the amplitudes.
  ///   - scratch: at least ``scratchCount(gridCount:)``.
  ///   - amplitudes: [B × G]; out.
  ///   - energies: [B]; out.
  /// - Returns: the first packet with a number that is not finite, or `nil`.
  @inline(__always)
  public static func find(
    gridCount: Int, potentials: UnsafePointer<Double>, hopping: UnsafeBufferPointer<Double>,
    tolerance: Double, scratch: UnsafeMutablePointer<Double>,
    amplitudes: UnsafeMutablePointer<Double>, energies: UnsafeMutablePointer<Double>
  ) -> Int? {
    guard let hoppingStart = hopping.baseAddress else { return nil }
    let found = qhost_kernel_ground_state(
      hopping.count, gridCount, potentials, hoppingStart, tolerance, scratch, amplitudes, energies)
    return found < hopping.count ? found : nil
  }
}
