import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Functions of the kinetic energy as dense matrices, in units of the hopping J.
///
/// On the line T = S diag(λ) S with S_gn = √(2/(G+1)) sin(πn(g+1)/(G+1)), the levels of the box whose
/// walls are one spacing beyond the grid, and λ_n = (πn/(G+1))²: exact for every wave that the grid
/// holds. The chain has λ_n = 2 − 2 cos(πn/(G+1)); the complete graph G and, for the uniform state, 0.
struct KineticMatrix {
  private let topology: Packets.Topology
  private let gridCount: Int

  /// Makes the matrices of a grid.
  init(topology: Packets.Topology, gridCount: Int) {
    self.topology = topology
    self.gridCount = gridCount
  }

  /// The lowest eigenvalue.
  var lowest: Double { topology == .complete ? 0 : eigenvalue(1) }

  /// The matrix f(T/J), written into columns `offset..<offset + G` of rows `stride` long.
  ///
  /// S f S is c_{g−h} − c_{g+h+2} with c_d = Σ_n f(λ_n) cos(πnd/(G+1)) / (G+1): O(G²).
  func fill(
    _ matrix: inout [Double], stride: Int, offset: Int = 0, _ function: (Double) -> Double
  ) {
    if topology == .complete {
      let uniform = function(0)
      let other = function(Double(gridCount))
      let joined = (uniform - other) / Double(gridCount)
      for g in 0..<gridCount {
        for h in 0..<gridCount {
          matrix[g * stride + offset + h] = joined + (g == h ? other : 0)
        }
      }
      return
    }
    let c = coefficients(function)
    let period = 2 * (gridCount + 1)
    for g in 0..<gridCount {
      for h in 0..<gridCount {
        let far = g + h + 2
        matrix[g * stride + offset + h] = c[abs(g - h)] - c[min(far, period - far)]
      }
    }
  }

  private func eigenvalue(_ n: Int) -> Double {
    let angle = Double.pi * Double(n) / Double(gridCount + 1)
    let half = 2 * sin(angle / 2)
    return topology == .line ? angle * angle : half * half
  }

  /// c_d, d = 0 to G + 1.
  private func coefficients(_ function: (Double) -> Double) -> [Double] {
    let walls = gridCount + 1
    let cosines = (0..<2 * walls).map { cos(Double.pi * Double($0) / Double(walls)) }
    let values = (1...gridCount).map { function(eigenvalue($0)) }
    return (0...walls).map { d in
      var sum = 0.0
      for n in 1...gridCount { sum += values[n - 1] * cosines[n * d % (2 * walls)] }
      return sum / Double(walls)
    }
  }
}
