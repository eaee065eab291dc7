import QHostComparing
import QHostRuntime
import Testing

@Suite("What a cell takes")
struct CellCostTests {
  private func trial(_ seconds: Double, _ run: Double, _ fraction: Double = 1) -> CellCost.Trial {
    CellCost.Trial(seconds: seconds, runSeconds: run, fraction: fraction)
  }

  @Test("A run that was cut short counts for all of its budget, what is beside it once")
  func extrapolation() {
    let cost = CellCost([
      trial(0.5, 0.04, 0.01), trial(0.045, 0.04, 0.01), trial(0.055, 0.05, 0.01),
    ])
    // 0.09 s for 2 % of the budgets of two runs.
    #expect(abs(cost.run - 4.5) < 1e-9)
    #expect(abs(cost.beside - 0.005) < 1e-9)
    // The first one took 0.46 s beside its run, all others 5 ms.
    #expect(abs(cost.first - 0.455) < 1e-9)
  }

  @Test("A single trial is all that is known")
  func single() {
    let cost = CellCost([trial(0.5, 0.4, 0.5)])
    #expect(abs(cost.run - 0.8) < 1e-9)
    #expect(abs(cost.beside - 0.1) < 1e-9)
    #expect(cost.first == 0)
  }
}
