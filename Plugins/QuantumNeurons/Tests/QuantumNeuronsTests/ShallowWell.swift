import QuantumNeurons

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A free particle in a well so shallow that it tunnels by itself, measured by Monte Carlo.
struct ShallowWell {
  /// ⟨H⟩ by the virial theorem, V + φV'/2.
  private(set) var energy: ChainStatistics
  /// ⟨φ²⟩.
  private(set) var square: ChainStatistics
  /// E₁ − E₀, from how φ is correlated over two spans of imaginary time.
  private(set) var gap: Double

  init(_ well: Well, sweeps: Int, spans: (Int, Int), seed: UInt64) {
    let batch = ChainBatch(
      PathNetwork(well: well, train: KinkTrain(kinkCount: 2, in: well), neuronCount: 1))
    for lane in 0..<ChainBatch.chainCount {
      batch.start(
        lane, couplings: ChainCouplings(neuronCount: 1), seed: [seed, UInt64(lane) << 20 + 1],
        follows: lane % 2 == 1)
    }
    var energies = [[Float]](repeating: [], count: ChainBatch.chainCount)
    var squares = energies
    var correlations = (0.0, 0.0)
    for sweep in 0..<sweeps {
      batch.sweep(.staging(48), first: sweep * 197 % well.sliceCount)
      batch.sweep(.signs)
      guard sweep >= sweeps / 10, sweep % 4 == 0 else { continue }
      for lane in 0..<ChainBatch.chainCount {
        let x = batch.path(neuron: 0, lane: lane).map(Double.init)
        let (n, scale) = (x.count, 1 / Double(x.count))
        var (e, s) = (0.0, 0.0)
        for i in 0..<n {
          e += well.potential(x[i]) + well.lambda / 2 * x[i] * x[i] * (x[i] * x[i] - 1)
          s += x[i] * x[i]
          correlations.0 += x[i] * x[(i + spans.0) % n]
          correlations.1 += x[i] * x[(i + spans.1) % n]
        }
        energies[lane].append(Float(e * scale))
        squares[lane].append(Float(s * scale))
      }
    }
    let follows = (0..<ChainBatch.chainCount).map { $0 % 2 == 1 }
    energy = ChainStatistics(energies, follows: follows)
    square = ChainStatistics(squares, follows: follows)
    gap = Self.gap(well, spans, ratio: correlations.0 / correlations.1)
  }

  /// Where cosh(Δ(T/2 − t₁)) / cosh(Δ(T/2 − t₂)) is the ratio, by bisection.
  private static func gap(_ well: Well, _ spans: (Int, Int), ratio: Double) -> Double {
    let times = [spans.0, spans.1].map { well.time / 2 - Double($0) * well.spacing }
    var (low, high) = (1e-6, 20.0)
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if cosh(middle * times[0]) / cosh(middle * times[1]) < ratio {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}
