import QHostInterfaces
import QHostTesting
import QuantumNeurons
import Testing

@Suite("Statistics of chains")
struct ChainStatisticsTests {
  /// x' = r x + √(1 − r²) z: correlation time ½ (1 + r)/(1 − r), variance 1.
  private func series(_ r: Double, chain: UInt64) -> [Float] {
    let z = TestHost(seed: 5).normals(step: 0, index: chain, count: 4000)
    var (x, result) = (z[0], [Float]())
    for value in z {
      x = r * x + (1 - r * r).squareRoot() * value
      result.append(Float(x))
    }
    return result
  }

  @Test("Of a series whose correlation is known they are known", arguments: [0, 0.8, 0.95])
  func autoregressive(_ r: Double) {
    let all = (0..<16).map { series(r, chain: $0) }
    let found = ChainStatistics(all, follows: all.map { _ in false })
    let time = 0.5 * (1 + r) / (1 - r)
    let error = (2 * time / (16 * 4000)).squareRoot()
    #expect(abs(found.correlationTime / time - 1) < 0.15)
    #expect(abs(found.standardError / error - 1) < 0.5)
    #expect(abs(found.mean) < 4 * error)
    #expect(found.startDifference == 0)
  }
}
