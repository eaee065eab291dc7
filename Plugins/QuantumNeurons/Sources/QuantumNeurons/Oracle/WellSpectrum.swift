internal import Foundation
package import QHostInterfaces
internal import QHostNumerics

/// Energies and wave functions of a particle in the well, by exact diagonalisation.
///
/// Of the Hamiltonian, in the basis of sinc functions; or of the transfer matrix exp(−aV/2) K exp(−aV/2), whose
/// energies −ln λ/a have the error of the discretised path, so that paths of Nₜ slices are met exactly.
///
/// Source: D. T. Colbert, W. H. Miller, *A novel discrete variable representation*, J. Chem. Phys. 96 (1992) 1982.
package struct WellSpectrum: Sendable {
  /// What is diagonalised.
  package enum Operator: Sendable {
    /// −½ d²/dφ² + V₀.
    case hamiltonian
    /// The path's own.
    case transferMatrix
  }

  /// A state.
  package struct State: Sendable {
    /// E, the energy of the state.
    package var energy: Double
    /// Whether the wave function is odd.
    package var isOdd: Bool
    /// |ψ|² at the grid's points above 0, normalised to ½ there.
    package var density: [Double]
  }

  /// By energy.
  package let states: [State]
  private let well: Well
  private let grid: PositionGrid

  /// Diagonalises.
  ///
  /// - Throws: when the matrix cannot be diagonalised, for wells beyond all measure.
  package init(
    _ well: Well, _ kind: Operator = .transferMatrix
  ) throws(ComponentError) {
    self.well = well
    let grid =
      kind == .hamiltonian
      ? PositionGrid(well, step: 0.25 / well.frequency.squareRoot()) : PositionGrid(well)
    self.grid = grid
    var states: [State] = []
    for isOdd in [false, true] {
      let matrix = grid.matrix(isOdd: isOdd) { x, y in
        kind == .hamiltonian
          ? Self.hamiltonian(well, x, y, grid.step) : Self.transfer(well, x, y, grid.step)
      }
      var eigen = SymmetricEigen(count: grid.points.count)
      guard eigen.decompose(matrix) else {
        throw .parameter(
          "a well of lambda=\(well.lambda), time=\(well.time), slices=\(well.sliceCount) has no finite "
            + "spectrum; use values nearer to the defaults")
      }
      for (place, value) in eigen.values.enumerated() where kind == .hamiltonian || value > 0 {
        let row = eigen.vectors[place * grid.points.count..<(place + 1) * grid.points.count]
        states.append(
          State(
            energy: kind == .hamiltonian ? value : -log(value) / well.spacing, isOdd: isOdd,
            density: row.map { 0.5 * $0 * $0 }))
      }
    }
    self.states = states.sorted { $0.energy < $1.energy }
  }

  private static func hamiltonian(_ well: Well, _ x: Double, _ y: Double, _ h: Double) -> Double {
    let apart = ((x - y) / h).rounded()
    if apart == 0 { return Double.pi * Double.pi / (6 * h * h) + well.potential(x) }
    let sign: Double = Int(apart) % 2 == 0 ? 1 : -1
    return sign / (h * h * apart * apart)
  }

  private static func transfer(_ well: Well, _ x: Double, _ y: Double, _ h: Double) -> Double {
    let a = well.spacing
    let exponent = (x - y) * (x - y) / (2 * a) + a / 2 * (well.potential(x) + well.potential(y))
    return h / (2 * Double.pi * a).squareRoot() * exp(-exponent)
  }

  /// ⟨f⟩ of an even function at the inverse temperature T of the path.
  package func thermal(_ f: (Double) -> Double) -> Double {
    let values = grid.points.map(f)
    return thermal { state in 2 * zip(state.density, values).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// ⟨E⟩ at the inverse temperature T of the path.
  package var thermalEnergy: Double { thermal { $0.energy } }

  /// E₁ − E₀, of the lowest odd and even states.
  package var gap: Double { states.count > 1 ? states[1].energy - states[0].energy : 0 }

  private func thermal(_ value: (State) -> Double) -> Double {
    guard let lowest = states.first?.energy else { return .nan }
    var (sum, norm) = (0.0, 0.0)
    for state in states {
      let weight = exp(-well.time * (state.energy - lowest))
      sum += weight * value(state)
      norm += weight
    }
    return sum / norm
  }
}
