import QuantumNeurons
import Testing

@Suite("Exact answers")
struct OracleTests {
  @Test("Shallow wells have the energies of other programs")
  func energies() throws {
    // Harmonic limit aside, from an independent diagonalisation in Python (finite differences, 4,000 points).
    let shallow = try WellSpectrum(Well(lambda: 8, time: 10, sliceCount: 1000), .hamiltonian)
    #expect(abs(shallow.thermalEnergy - 1.40164) < 2e-4)
    #expect(abs(shallow.thermal { $0 * $0 } - 0.60391) < 2e-4)
    #expect(abs(shallow.gap - 0.69179) < 2e-4)
    let deep = try WellSpectrum(Well(lambda: 40, time: 20, sliceCount: 2000), .hamiltonian)
    #expect(abs(deep.thermalEnergy - 4.12307) < 5e-4)
    #expect(abs(deep.thermal { $0 * $0 } - 0.84962) < 2e-4)
    #expect(abs(deep.gap - 0.12512) < 1e-4)
  }

  @Test("The path's own spectrum comes near the Hamiltonian's as slices grow thin")
  func slices() throws {
    let errors = try [100, 200].map { count in
      let well = Well(lambda: 8, time: 10, sliceCount: count)
      return try WellSpectrum(well).gap - WellSpectrum(well, .hamiltonian).gap
    }
    // Of second order in the step.
    #expect(abs(errors[0] / errors[1] - 4) < 0.3)
  }

  @Test("The paper's well has the zero-point energy and potential of its notes")
  func vacuum() throws {
    let well = Well()
    let spectrum = try WellSpectrum(well, .hamiltonian)
    #expect(abs(spectrum.thermalEnergy - 49.7471) < 1e-3)
    #expect(abs(well.kinkAction - 66.667) < 1e-3)
    let train = KinkTrain(kinkCount: 4, in: well)
    // Each kink has half of its action in potential energy.
    #expect(abs(train.potential * well.spacing - 4 * well.kinkAction / 2) < 0.05)
    #expect(train.path.reduce(0, +).magnitude < 1e-6 * Double(well.sliceCount))
  }

  @Test("A neuron that nothing drives has the vacuum's activity by both exact ways")
  func undriven() throws {
    let well = Well(lambda: 5000, time: 0.35, sliceCount: 256)
    let train = KinkTrain(kinkCount: 2, in: well)
    let activity = DrivenNeuron(well, train, drive: 0).activity
    let vacuum = try WellSpectrum(well).thermal(well.potential) * 256 / train.potential
    #expect(abs(activity - vacuum) < 1e-6)
  }
}
