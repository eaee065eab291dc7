internal import CSchrodingerSolvers

/// Imaginary time on a discretised line; ``LineHamiltonian/imaginaryTime(_:step:)`` is the plain step.
public enum ImaginaryTime {
  /// Doubles of scratch memory that a grid needs.
  public static func scratchCount(gridCount: Int) -> Int { 40 * gridCount }

  /// Evolves amplitudes [B × G] in place and makes the sums of their squares 1; what is 0 stays 0.
  ///
  /// - Parameters:
  ///   - gridCount: G, at least 2.
  ///   - potentials: [B × G], finite; V.
  ///   - hopping: [B], above 0; J = ħ²/(2m·spacing²).
  ///   - step: time step / ħ.
  ///   - stepCount: how many steps.
  ///   - scratch: at least ``scratchCount(gridCount:)``.
  ///   - amplitudes: [B × G]; in and out.
  ///   - logarithms: [B]; out: of the norms that the amplitudes would have had.
  public static func evolve(
    gridCount: Int, potentials: UnsafePointer<Double>, hopping: UnsafeBufferPointer<Double>,
    step: Double, stepCount: Int, scratch: UnsafeMutablePointer<Double>,
    amplitudes: UnsafeMutablePointer<Double>, logarithms: UnsafeMutablePointer<Double>
  ) {
    guard let hoppingStart = hopping.baseAddress else { return }
    qhost_kernel_imaginary_time(
      hopping.count, gridCount, potentials, hoppingStart, step, stepCount, scratch, amplitudes,
      logarithms)
  }
}
