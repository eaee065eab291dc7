import AntennaTilt
import Testing

@Suite("Simulated cells")
struct SimulatorTests {
  @Test("The kernel says what the formulas say, drop by drop")
  func kernel() {
    let users = UserPlaces(count: 64, seed: 3)
    let drops = TiltCase.drops(60)
    for (drop, utility) in zip(drops, TiltCase.utilities(drops, users)) {
      let plain = PlainTilt(drop).utility(users)
      // Single precision with powers of e^40: 2e-7 + 6e-8 · 40 relative in a ratio, 2e-5 with margin.
      #expect(abs(utility - plain) < 2e-5, "\(drop)")
    }
  }

  @Test("More power helps, load hurts, users indoors hear less")
  func directions() throws {
    let users = UserPlaces(count: 128, seed: 0)
    for drop in TiltCase.drops(20) {
      func utility(_ input: TiltInput, _ value: Double) -> Double {
        var changed = drop
        changed[input.rawValue] = value
        return TiltCase.utilities([changed], users)[0]
      }
      #expect(utility(.power, 49) >= utility(.power, 40))
      #expect(utility(.load, 0.2) > utility(.load, 1))
      #expect(utility(.indoorPart, 0) >= utility(.indoorPart, 0.9))
    }
  }

  @Test("A tilt between the horizon and the ground at the site is best")
  func tilt() throws {
    let users = UserPlaces(count: 256, seed: 0)
    var drop = TiltInput.allCases.map { 0.5 * ($0.range.lowerBound + $0.range.upperBound) }
    let utilities = stride(from: -5.0, through: 20, by: 0.5).map { tilt in
      drop[TiltInput.ownTilt.rawValue] = tilt
      return TiltCase.utilities([drop], users)[0]
    }
    let best = try #require(utilities.indices.max { utilities[$0] < utilities[$1] })
    let degrees = -5 + 0.5 * Double(best)
    #expect(degrees > 0 && degrees < 16)
    #expect(utilities[best] > (utilities.first ?? 0) + 0.1)
    #expect(utilities[best] > (utilities.last ?? 0) + 0.1)
  }

  @Test("Other users give almost the same utilities")
  func floor() {
    let drops = TiltCase.drops(300)
    let first = TiltCase.utilities(drops, UserPlaces(count: 256, seed: 0))
    let second = TiltCase.utilities(drops, UserPlaces(count: 256, seed: 1))
    let mean = first.reduce(0, +) / 300
    let variance = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(error > 0)
    #expect(error / variance < 1e-3)
  }
}
