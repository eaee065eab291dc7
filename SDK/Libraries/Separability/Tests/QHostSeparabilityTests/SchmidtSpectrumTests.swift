import Foundation
import QHostInterfaces
import QHostSeparability
import QHostStatistics
import QHostTesting
import Testing

@Suite("Schmidt spectra of functions")
struct SchmidtSpectrumTests {
  /// Samples on the unit sphere of d dimensions.
  private static func sphere(_ count: Int, _ d: Int, seed: UInt64) -> [[Double]] {
    let values = TestHost(seed: seed).normals(step: 0, index: 0, count: count * d)
    return (0..<count).map { row in
      let point = Array(values[row * d..<(row + 1) * d])
      let length = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return point.map { $0 / length }
    }
  }

  private static func table(
    _ count: Int, _ d: Int = 4, seed: UInt64 = 1, removesMean: Bool = true,
    _ f: ([Double], [Double]) -> Double
  ) -> FunctionTable {
    let x = sphere(count, d, seed: 2 * seed)
    let y = sphere(count, d, seed: 2 * seed + 1)
    return FunctionTable(
      values: x.flatMap { x in y.map { f(x, $0) } }, rows: count, columns: count,
      removesMean: removesMean)
  }

  private static func dot(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("A product with its mean has one weight, to rounding")
  func product() throws {
    let spectrum = try Self.table(120, removesMean: false) { sin(3 * $0[0]) * exp($1[1]) }
      .spectrum()
    // σ₂ is what rounding leaves: below n ulp of σ₁, its square below 1e-26.
    #expect(spectrum.entropy < 1e-12)
    #expect(abs(spectrum.participation - 1) < 1e-12)
    #expect(spectrum.rank(holding: 0.999) == 1)
  }

  @Test("An inner product in d dimensions has entropy ln d within 1 %", arguments: [2, 4, 8])
  func inner(d: Int) throws {
    let spectrum = try Self.table(500, d) { Self.dot($0, $1) }.spectrum()
    #expect(abs(spectrum.entropy / log(Double(d)) - 1) < 0.01)
    #expect(spectrum.weights.dropFirst(d).allSatisfy { $0 < 0.01 })
    // Σ pₖ² of n samples is too large by a part of about 2d/n; half as much again for chance.
    #expect(abs(spectrum.participation / Double(d) - 1) < 3 * Double(d) / 500)
  }

  @Test("A sum of two functions has the entropy of their variances, on the average within 1 %")
  func additive() throws {
    // x₁² + sin 3y₂ on S³: variances 1/16 and ½ (1 − J₁(6)/3), J₁(6) = −0.2766838581.
    let variances = [1.0 / 16, 0.5 * (1 + 0.276_683_858_1 / 3)]
    let total = variances.reduce(0, +)
    let exact = variances.reduce(0) { $0 - $1 / total * log($1 / total) }
    let entropies = try (1...60).map { seed in
      try Self.table(300, seed: UInt64(seed)) { $0[0] * $0[0] + sin(3 * $1[1]) }.spectrum().entropy
    }
    let mean = entropies.reduce(0, +) / 60
    // One entropy of 300 samples is off by about 5 %, 60 of them by 0.7 %.
    #expect(abs(mean / exact - 1) < 0.02)
    // Equal variances: ln 2, where the entropy is flat.
    let equal = try Self.table(400) { $0[0] + $1[1] }.spectrum()
    #expect(abs(equal.entropy / log(2.0) - 1) < 0.01)
    #expect(equal.rank(holding: 0.999) == 2)
  }

  @Test("Resamples are tables that repeat their samples")
  func resample() throws {
    let table = Self.table(9) { Self.dot($0, $1) + $0[0] * $1[1] * $1[1] }
    let rows = [2, 0, 1, 1, 3, 0, 0, 1, 1]
    let columns = [0, 4, 1, 0, 0, 2, 0, 2, 0]
    let places = rows.indices.flatMap { Array(repeating: $0, count: rows[$0]) }
    let others = columns.indices.flatMap { Array(repeating: $0, count: columns[$0]) }
    let repeated = FunctionTable(
      values: places.flatMap { i in others.map { table.values[i * 9 + $0] } }, rows: 9, columns: 9)
    let (one, other) = (
      try table.spectrum(rowCounts: rows, columnCounts: columns), try repeated.spectrum()
    )
    for (a, b) in zip(one.weights, other.weights) { #expect(abs(a - b) < 1e-12) }
    #expect(abs(one.entropy - other.entropy) < 1e-10)
  }

  @Test("Intervals hold the entropy of the function nine times in ten")
  func coverage() throws {
    let host = TestHost()
    var hits = 0
    let trials = 60
    for seed in 1...trials {
      let table = Self.table(100, seed: UInt64(seed)) { Self.dot($0, $1) * 2 + 3 * $0[0] }
      let spectrum = try table.spectrum()
      let intervals = try table.intervals(
        of: spectrum, rankHolding: 0.99, resamples: 100, host: host)
      // Σₖ 2 xₖyₖ + 3 x₁: three products of variance 4 · ¼ · ¼, and x₁ (2 y₁ + 3) of ¼ (4 · ¼ + 9).
      let parts = [1.0 / 4, 1.0 / 4, 1.0 / 4, 1.0 / 4 + 9.0 / 4]
      let total = parts.reduce(0, +)
      let exact = parts.reduce(0) { $0 - $1 / total * log($1 / total) }
      if (intervals.entropy.lower...intervals.entropy.upper).contains(exact) { hits += 1 }
    }
    // Of 200 trials it was 182: 54.6 of 60; below 45 is less likely than 1e-4 then.
    #expect(hits >= 45, "\(hits) of \(trials)")
  }

  @Test("The same resamples come out on every call")
  func deterministic() throws {
    let table = Self.table(40) { Self.dot($0, $1) }
    let spectrum = try table.spectrum()
    let all = try (0..<2).map { _ in
      try table.intervals(of: spectrum, rankHolding: 0.9, resamples: 20, host: TestHost()).entropy
    }
    #expect(all[0] == all[1])
    #expect(all[0].lower < all[0].upper)
  }

  @Test("A constant has no spectrum, and numbers that are not finite none either")
  func refusals() {
    func message(_ values: [Double]) -> String? {
      do {
        _ = try FunctionTable(values: values, rows: 2, columns: 2).spectrum()
        return nil
      } catch {
        return error.message
      }
    }
    #expect(message([0.1, 0.1, 0.1, 0.1])?.contains("same value at all samples") == true)
    #expect(message([0.1, .nan, 0.1, 0.1])?.contains("not finite") == true)
    #expect(message([0.1, 0.2, 0.1, 0.1]) == nil)
  }
}
