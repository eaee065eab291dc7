import Foundation
import QHostInterfaces
import QHostTesting
import SchrodingerSolvers

/// A finite-difference solver with its defaults.
func makeSolver() throws -> FiniteDifference {
  try FiniteDifference(request: request(for: FiniteDifference.descriptor))
}

/// One packet on `count` points from `lower` to `upper` in a given potential.
func packet(
  from lower: Double, to upper: Double, count: Int, hbar: Double = 1,
  _ potential: (Double) -> Double
) -> Packets {
  let spacing = (upper - lower) / Double(count - 1)
  var packets = Packets(packetCount: 1, gridCount: count, origin: lower, spacing: spacing)
  packets.hbar = hbar
  packets.potentials = (0..<count).map { potential(lower + Double($0) * spacing) }
  return packets
}

/// J = ħ²/(2m·spacing²) of a packet of mass 1.
func hopping(_ packets: Packets) -> Double {
  packets.hbar * packets.hbar / (2 * packets.spacing * packets.spacing)
}

/// The dense H of a packet of mass 1, by the definition of its topology.
func denseHamiltonian(_ packets: Packets) -> [[Double]] {
  let grid = packets.gridCount
  let hop = hopping(packets)
  return (0..<grid).map { i in
    (0..<grid).map { j in
      let isComplete = packets.topology == .complete
      if i == j { return packets.potentials[i] + hop * (isComplete ? Double(grid - 1) : 2) }
      return isComplete || abs(i - j) == 1 ? -hop : 0
    }
  }
}

/// All levels, ascending, and their states as rows: cyclic Jacobi rotations.
func diagonalize(_ matrix: [[Double]]) -> (levels: [Double], states: [[Double]]) {
  var a = matrix
  let n = a.count
  var v = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0 } }
  for _ in 0..<60 {
    for p in 0..<n - 1 {
      for q in p + 1..<n where abs(a[p][q]) > 1e-300 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<n {
          (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
        }
        for k in 0..<n {
          (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
          (v[p][k], v[q][k]) = (c * v[p][k] - s * v[q][k], s * v[p][k] + c * v[q][k])
        }
      }
    }
  }
  let order = (0..<n).sorted { a[$0][$0] < a[$1][$1] }
  return (order.map { a[$0][$0] }, order.map { v[$0] })
}

/// Gives a packet a Gaussian of the given centre, width σ of |ψ|² and wave number.
func putGaussian(_ packets: inout Packets, center: Double, sigma: Double, waveNumber: Double) {
  packets.realParts = []
  packets.imaginaryParts = []
  for g in 0..<packets.gridCount {
    let x = packets.origin + Double(g) * packets.spacing
    let distance = (x - center) / (2 * sigma)
    let height = exp(-distance * distance)
    packets.realParts.append(height * cos(waveNumber * x))
    packets.imaginaryParts.append(height * sin(waveNumber * x))
  }
}
