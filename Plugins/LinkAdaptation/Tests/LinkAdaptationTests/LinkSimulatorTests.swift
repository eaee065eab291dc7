import LinkAdaptation
import QHostRadio
import QHostStatistics
import Foundation
import Testing

@Suite("Simulated links")
struct LinkSimulatorTests {
  static let plan = LinkPlan()

  @Test("An episode is a function of its stream and number")
  func repeats() {
    let key = LinkEpisode.key(seed: 1, "test")
    let (first, second) = (LinkEpisode(Self.plan), LinkEpisode(Self.plan))
    first.draw(key: key, index: 7)
    second.draw(key: key, index: 6)
    second.draw(key: key, index: 7)
    #expect(first.meanRatio == second.meanRatio)
    #expect(first.run(.outer()) == second.run(.outer()))
    second.draw(key: key, index: 8)
    #expect(first.meanRatio != second.meanRatio)
  }

  @Test("Fading has the power 1 and the correlation of Jakes")
  func fading() {
    let episode = LinkEpisode(Self.plan)
    var (power, count) = (0.0, 0)
    var products = Array(repeating: 0.0, count: 3)
    var squares = 0.0
    let lags = [0.0, 0.3, 0.76]
    for index in 0..<400 {
      episode.draw(key: LinkEpisode.key(seed: 3, "fading"), index: index)
      let shift = Doppler.shift(speed: episode.speed, carrierGHz: 3.5)
      let gains = episode.gains()
      for gain in gains { power += gain }
      count += gains.count
      // Of power gains the correlation is the square of that of amplitudes: 1 + J0² for a mean of 1.
      let steps = lags.map { Int(($0 / shift / 0.0005).rounded()) }
      guard steps[1] > 4, steps[2] + 1 < gains.count else { continue }
      for start in stride(from: 0, to: gains.count - steps[2], by: 7) {
        squares += 1
        for place in 0..<3 { products[place] += gains[start] * gains[start + steps[place]] }
      }
    }
    #expect(abs(power / Double(count) - 1) < 0.05)
    let expected = lags.map { 1 + pow(Doppler.correlation(shift: $0, after: 1), 2) }
    for place in 0..<3 {
      #expect(abs(products[place] / squares - expected[place]) < 0.15, "lag \(lags[place])")
    }
  }

  @Test("A block is lost as often as the curves of its scheme say")
  func curves() {
    let rates = BlockErrorRate(.qam256)
    for (size, blocks) in [8, 16, 32, 64, 128].enumerated() {
      for scheme in stride(from: 0, to: 28, by: 3) {
        let block = TransportBlock(MCSTable.qam256.schemes[scheme], resourceBlockCount: blocks)
        let middle = rates.capacityPoint(scheme)
        for offset in [0.0, 0.5, 1, 1.5, 2] {
          let plain = rates.rate(scheme, snr: middle + offset, block: block)
          let table = Self.plan.errorRate(size: size, scheme: scheme, ratio: middle + offset)
          #expect(abs(plain - table) < 2e-3, "\(blocks) \(scheme) \(offset)")
        }
      }
    }
  }

  @Test("Effective ratios by tables are those of MIESM")
  func effective() {
    for ratios in [[3.0, 3, 3], [-4, 2, 9], [12, 20, 24], [0, 0, 17]] {
      for bits in [2, 4, 6, 8] {
        let exact = EffectiveSINR.byInformation(ratios, bitsPerSymbol: bits)
        let table = Self.plan.effectiveRatio(ratios, bitsPerSymbol: bits)
        // Entries are a sixty-fourth of an octave wide, 0.047 dB; where a constellation is full nothing is to be told apart.
        guard exact < Double(4 * bits) else { continue }
        #expect(abs(exact - table) < 0.1, "\(ratios) \(bits)")
      }
    }
  }

  @Test(
    "The outer loop loses the fraction of blocks that it aims at; more is known, more is brought")
  func policies() {
    var contest = LinkContest(Self.plan, key: LinkEpisode.key(seed: 5, "test"), count: 60)
    contest.add("outer", .outer())
    contest.add("tuned", .tunedOuter)
    contest.add("salad", .salad())
    contest.add("genie", .genie)
    let rows = Dictionary(uniqueKeysWithValues: contest.rows.map { ($0.name, $0) })
    #expect(abs((rows["outer"]?.errorRate ?? 1) - 0.1) < 0.05)
    #expect((rows["tuned"]?.throughput ?? 0) > (rows["outer"]?.throughput ?? 1))
    #expect((rows["genie"]?.throughput ?? 0) > 1.2 * (rows["tuned"]?.throughput ?? 1))
    #expect((rows["salad"]?.throughput ?? 0) > 0.5)
  }

  @Test("A slot takes less than a microsecond of processor time, its trace included")
  func speed() {
    var contest = LinkContest(Self.plan, key: LinkEpisode.key(seed: 8, "test"), count: 100)
    let start = clock()
    contest.add("outer", .outer())
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    // A fifth of that is usual: the clock is that of all threads of the process, which has other tests.
    #expect(
      seconds / Double(100 * LinkPlan.slotCount) < 1e-6
        * Double(ProcessInfo.processInfo.processorCount))
  }

  @Test("The teacher that is kept is ahead of the tuned outer loop")
  func teacher() throws {
    var contest = LinkContest(Self.plan, key: LinkEpisode.key(seed: 6, "test"), count: 100)
    contest.add("outer", .tunedOuter)
    contest.add("teacher", Teacher.kept)
    let interval = try #require(contest.interval { $0("teacher") / $0("outer") })
    #expect(interval.lower > 1)
  }

  @Test(
    "Who knows the fading brings what dynamic programming expects, and more than all who do not")
  func foreknown() throws {
    let key = LinkEpisode.key(seed: 9, "test")
    let pairs = (0..<80).map { Clairvoyant.foreknown(Self.plan, key: key, index: $0) }
    let differences = pairs.map { $0.result.throughput - $0.expected }
    let mean = differences.reduce(0, +) / 80
    let error = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (80 * 79)).squareRoot()
    // What is left between them is luck and interference: within four standard errors, of 1 % of the throughput at most.
    #expect(abs(mean) < 4 * error && error < 0.03, "\(mean) +- \(error)")
    // Two seconds, for 32 futures of each of some 12,000 blocks.
    var contest = LinkContest(Self.plan, key: key, count: 20)
    contest.add("outer", .tunedOuter)
    contest.add("teacher", Teacher.kept)
    contest.add("present", .present(reports: 0))
    contest.add("fading", .fading)
    let rates = contest.rows.map(\.throughput)
    #expect(rates == rates.sorted(), "\(rates)")
    #expect(abs(rates[3] - pairs[..<20].reduce(0) { $0 + $1.result.throughput } / 20) < 1e-9)
  }
}
