internal import Foundation
internal import QHostNumerics

/// The exact activity of one neuron that inputs drive, on the same slices as the Monte Carlo: a product of Nₜ matrices.
///
///     Z = Tr Π_i exp(−aVᵢ) K,   Vᵢ = Λ/4 q + B pᵢ φ² + C pᵢ² q²,   Σᵢ a⟨q⟩ = −∂ ln Z/∂(Λ/4)
///
/// The derivative is a central difference; its error is below 10⁻⁷ of the activity.
package struct DrivenNeuron: Sendable {
  /// The well.
  package var well: Well
  /// The inputs' path.
  package var train: KinkTrain
  /// Σ b ε of inputs that excite.
  package var drive: Double
  /// Σ b² ε of inputs that inhibit.
  package var block = 0.0

  /// Makes a neuron.
  package init(_ well: Well, _ train: KinkTrain, drive: Double, block: Double = 0) {
    self.well = well
    self.train = train
    self.drive = drive
    self.block = block
  }

  /// Σ V₀(φ) over Σ V₀ of an active input: the activity.
  package var activity: Double {
    let quarter = well.lambda / 4
    let change = 1e-4 * quarter
    let slope = (logZ(quarter + change) - logZ(quarter - change)) / (2 * change)
    return -slope / well.spacing * quarter / train.potential
  }

  private func logZ(_ quarter: Double) -> Double {
    let grid = PositionGrid(well)
    let parts = [false, true].map { logTrace(grid, quarter, isOdd: $0) }
    let largest = max(parts[0], parts[1])
    return largest + log(exp(parts[0] - largest) + exp(parts[1] - largest))
  }

  /// ln Tr of one parity's product; matrices are rescaled as they grow or vanish.
  private func logTrace(_ grid: PositionGrid, _ quarter: Double, isOdd: Bool) -> Double {
    let (n, a) = (grid.points.count, well.spacing)
    let padded = RowProduct.paddedCount(n)
    let kinetic = grid.matrix(isOdd: isOdd) { x, y in
      grid.step / (2 * Double.pi * a).squareRoot() * exp(-(x - y) * (x - y) / (2 * a))
    }
    var step = [Double](repeating: 0, count: n * padded)
    for row in 0..<n {
      for column in 0..<n { step[row * padded + column] = kinetic[row * n + column] }
    }
    var product = [Double](repeating: 0, count: n * padded)
    for row in 0..<n { product[row * padded + row] = 1 }
    var (result, scale) = (product, 0.0)
    for pulse in train.pulse {
      let weights = grid.points.map { x in
        let q = (x * x - 1) * (x * x - 1)
        return exp(-a * (quarter * q + drive * pulse * x * x + block * pulse * pulse * q * q))
      }
      for row in 0..<n {
        for column in 0..<n { product[row * padded + column] *= weights[column] }
      }
      RowProduct.multiply(
        rows: n, inner: n, columns: padded, product, stride: padded, step, into: &result)
      let largest = result.reduce(0) { max($0, abs($1)) }
      scale += log(largest)
      for place in result.indices { product[place] = result[place] / largest }
    }
    let trace = (0..<n).reduce(0.0) { $0 + product[$1 * padded + $1] }
    return scale + log(trace)
  }
}
