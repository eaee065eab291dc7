import QHostRadio
import Testing

@Suite("Links")
struct LinkTests {
  @Test("Schemes and transport blocks are those of another package")
  func blocks() throws {
    let recorded = try Recorded.read().blocks
    #expect(recorded.count == 285)
    for other in recorded {
      let table = try #require(MCSTable(rawValue: other.table))
      let scheme = table.schemes[other.index]
      #expect(scheme.bitsPerSymbol == other.bitsPerSymbol)
      #expect(abs(scheme.rateTimes1024 - other.rateTimes1024) < 1e-3)
      let block = TransportBlock(
        scheme, resourceBlockCount: other.resourceBlockCount, layerCount: other.layerCount)
      #expect(block.size == other.size, "\(other)")
      #expect(block.codeBlockSize == other.codeBlockSize, "\(other)")
      #expect(block.codeBlockCount == other.codeBlockCount, "\(other)")
    }
  }

  @Test("Spectral efficiencies to their last digit")
  func efficiencies() {
    let printed: [MCSTable: [Double]] = [
      .qam64: [
        0.2344, 0.3066, 0.3770, 0.4902, 0.6016, 0.7402, 0.8770, 1.0273, 1.1758, 1.3262, 1.3281,
        1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5703, 2.5664, 2.7305, 3.0293, 3.3223, 3.6094,
        3.9023, 4.2129, 4.5234, 4.8164, 5.1152, 5.3320, 5.5547,
      ],
      .qam256: [
        0.2344, 0.3770, 0.6016, 0.8770, 1.1758, 1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5703,
        2.7305, 3.0293, 3.3223, 3.6094, 3.9023, 4.2129, 4.5234, 4.8164, 5.1152, 5.3320, 5.5547,
        5.8906, 6.2266, 6.5703, 6.9141, 7.1602, 7.4063,
      ],
    ]
    for (table, values) in printed {
      #expect(table.schemes.count == values.count)
      for (scheme, value) in zip(table.schemes, values) {
        #expect(agrees(scheme.spectralEfficiency, value, decimals: 4))
      }
    }
    let reports = [
      0.1523, 0.2344, 0.3770, 0.6016, 0.8770, 1.1758, 1.4766, 1.9141, 2.4063, 2.7305, 3.3223,
      3.9023, 4.5234, 5.1152, 5.5547,
    ]
    for (scheme, value) in zip(CQITable.qam64.schemes, reports) {
      #expect(agrees(scheme.spectralEfficiency, value, decimals: 4))
    }
    #expect(CQITable.allCases.map(\.schemes.count) == [15, 15])
    #expect(CQITable.qam64.index(spectralEfficiency: 0.1) == 0)
    #expect(CQITable.qam64.index(spectralEfficiency: 1.5) == 7)
    #expect(CQITable.qam256.index(spectralEfficiency: 9) == 15)
  }

  @Test("Code blocks are lost together, and an outer loop stands still at its target")
  func loops() {
    let rates = BlockErrorRate(.qam256)
    let block = TransportBlock(rates.schemes[20], resourceBlockCount: 100)
    #expect(block.codeBlockCount > 1)
    let size = Double(block.codeBlockSize)
    let snr = rates.threshold(20, blockSize: size)
    let one = rates.rate(20, snr: snr, blockSize: size)
    #expect(abs(one - 0.1) < 1e-9)
    let all = rates.rate(20, snr: snr, block: block)
    #expect(all > 0.3 && all < 1)

    var loop = OuterLoop()
    #expect(agrees(loop.stepDown, 0.111, decimals: 3))
    for step in 0..<1_000 { loop.learn(isReceived: step % 10 != 9) }
    #expect(abs(loop.offset) < 1e-9)
    for _ in 0..<100 { loop.learn(isReceived: false) }
    #expect(loop.offset == 20)
    #expect(loop.corrected(10) == -10)
  }

  @Test("Each transmission of a block helps, and redundancy more than repetition")
  func repetition() {
    let scheme = MCSTable.qam256.schemes[12]
    var (chase, redundancy) = (HybridARQ(.chase), HybridARQ(.redundancy))
    #expect(chase.errorRate(scheme, blockSize: 1_000) == 1)
    var previous = 1.0
    for version in [0, 2, 3, 1] {
      #expect(chase.nextVersion == version)
      chase.receive(snr: 5)
      redundancy.receive(snr: 5)
      let rate = chase.errorRate(scheme, blockSize: 1_000)
      #expect(rate <= previous)
      #expect(redundancy.errorRate(scheme, blockSize: 1_000) <= rate + 1e-12)
      previous = rate
    }
    #expect(chase.isExhausted && chase.nextVersion == nil)
    #expect(previous < 0.1)
  }

  @Test("The rate of a system's link is cut at its cap")
  func capped() {
    #expect(CappedShannonRate.downlink.rate(sinr: 1) == 0.6)
    #expect(CappedShannonRate.downlink.rate(sinr: 1e6) == 4.4)
    #expect(CappedShannonRate.uplink.rate(sinr: 1e6) == 2)
    #expect(agrees(Decibel.noise(bandwidthHertz: 1e7, noiseFigure: 9), -95, decimals: 9))
  }
}
