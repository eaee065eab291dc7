import QHostStatistics
import Testing

@Suite("How many seeds a difference needs")
struct SeedCountTests {
  @Test("Noether's formula, with his p′")
  func formula() throws {
    // Sums of pairs of 3, 2, 1, -2.5: 5, 4, 0.5, 3, -0.5, -1.5: four of six are above 0.
    let count = try #require(SeedCount([3, 2, 1, -2.5]))
    #expect(abs(count.chance - 4 / 6.0) < 1e-12)
    // (1.959964 + 0.841621)² / (3 / 36) = 94.187
    #expect(count.needed == 95)
    #expect(try #require(SeedCount([-3, -2, -1, 2.5])).needed == 95)
  }

  @Test("A difference that is always there needs as many as the test needs to say so")
  func least() {
    // 7.849 / 0.75 = 10.5; with a weak wish it is the exact test's least p, 2 · 2⁻⁶ = 0.031, that decides.
    #expect(SeedCount([1, 2])?.needed == 11)
    #expect(SeedCount([1, 2], power: 0.05)?.needed == 6)
    #expect(SeedCount([.infinity, .infinity, 1])?.chance == 1)
  }

  @Test("None of too few pairs, or of no difference")
  func none() {
    #expect(SeedCount([1]) == nil)
    #expect(SeedCount([1, -1]) == nil)
    #expect(SeedCount([0, 0, 0]) == nil)
    #expect(SeedCount([1, .nan]) == nil)
  }

  @Test("The number that it names finds the difference as often as it says")
  func simulation() throws {
    // Normal differences of mean 0.5 and deviation 1: p′ = Φ(0.5 √2) = 0.7602, N = 38.6.
    var state: UInt64 = 1
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / Double(1 << 53)
    }
    func draw(_ count: Int) -> [Double] {
      (0..<count).map { _ in 0.5 + NormalDistribution.quantile(uniform()) }
    }
    let needed = try #require(SeedCount(draw(1_000))).needed
    #expect((33...46).contains(needed))
    let trials = 400
    let found = try (0..<trials).count { _ in
      let values = draw(39)
      return try WilcoxonSignedRank(values, values.map { _ in 0 }).pValue < 0.05
    }
    // Noether's N is a little too large here: the power is near 0.85; ± 3 standard errors of 0.02.
    #expect((0.77...0.92).contains(Double(found) / Double(trials)))
  }
}
