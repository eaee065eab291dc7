internal import CSchrodingerSolvers

/// Real time on a discretised line; ``LineHamiltonian/crankNicolson(_:halfStep:)`` is the plain step.
public enum CrankNicolson {
  /// Doubles of scratch memory that a grid needs.
  public static func scratchCount(gridCount: Int) -> Int { 64 * gridCount }

  /// Evolves ψ [B × G] in place.
  ///
  /// - Parameters:
  ///   - gridCount: G, at least 2.
  ///   - potentials: [B × G], finite; V.
  ///   - hopping: [B], above 0; J = ħ²/(2m·spacing²).
  ///   - halfStep: time step / 2ħ.
  ///   - stepCount: how many steps.
  ///   - scratch: at least ``scratchCount(gridCount:)``.
  ///   - real: [B × G]; in and out.
  ///   - imaginary: [B × G]; in and out.
  public static func evolve(
    gridCount: Int, potentials: UnsafePointer<Double>, hopping: UnsafeBufferPointer<Double>,
    halfStep: Double, stepCount: Int, scratch: UnsafeMutablePointer<Double>,
    real: UnsafeMutablePointer<Double>, imaginary: UnsafeMutablePointer<Double>
  ) {
    guard let hoppingStart = hopping.baseAddress else { return }
    qhost_kernel_crank_nicolson(
      hopping.count, gridCount, potentials, hoppingStart, halfStep, stepCount, scratch, real,
      imaginary)
  }
}
