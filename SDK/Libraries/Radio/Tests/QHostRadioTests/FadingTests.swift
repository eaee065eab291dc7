import QHostRadio
import Testing

@Suite("Fading")
struct FadingTests {
  @Test("Taps are those of another package", arguments: DelayProfile.allCases)
  func profiles(_ profile: DelayProfile) throws {
    let other = try #require(try Recorded.read().profiles.first { $0.name == profile.rawValue })
    #expect(profile.delays == other.delays)
    #expect(profile.powersInDecibels == other.powers)
    #expect(abs(profile.powers.reduce(0, +) - 1) < 1e-12)
  }

  @Test("Doppler: 30 km/h at 3.5 GHz by hand")
  func doppler() {
    let shift = Doppler.shift(speed: 30, carrierGHz: 3.5)
    #expect(abs(shift - 97.2895) < 1e-4)
    // The first zero of J0 is at 2.404826.
    #expect(abs(Doppler.correlation(shift: 1, after: 2.404825557695773 / (2 * .pi))) < 1e-12)
    #expect(Doppler.correlation(shift: 50, after: 0) == 1)
  }

  @Test("A channel has mean gain 1, keeps its powers, and stands still without speed")
  func channel() {
    var channel = FadingChannel(
      .c, delaySpreadNanoseconds: 100, dopplerShift: 100, slotSeconds: 1e-3)
    let powers = DelayProfile.c.powers
    // Of unit vectors: what each random number does to the taps after a draw and a slot.
    var variances = Array(repeating: 0.0, count: powers.count)
    for index in 0..<(2 * channel.normalCount) {
      var unit = Array(repeating: 0.0, count: 2 * channel.normalCount)
      unit[index] = 1
      channel.draw(Array(unit[..<channel.normalCount]))
      channel.advance(Array(unit[channel.normalCount...]))
      for tap in powers.indices {
        variances[tap] += channel.real[tap] * channel.real[tap]
        variances[tap] += channel.imaginary[tap] * channel.imaginary[tap]
      }
    }
    for (variance, power) in zip(variances, powers) { #expect(abs(variance - power) < 1e-12) }

    var still = FadingChannel(.a, delaySpreadNanoseconds: 30, dopplerShift: 0, slotSeconds: 1e-3)
    still.draw((0..<still.normalCount).map { Double($0 % 5) - 2 })
    let before = still.gain(at: 5e6)
    still.advance(Array(repeating: 1, count: still.normalCount))
    #expect(still.gain(at: 5e6) == before)
    #expect(still.gain(at: 0) != before)
  }
}
