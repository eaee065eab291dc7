import QHostRadio
import Testing

@Suite("Capacity and block errors")
struct CapacityTests {
  @Test("Capacity points of both tables to their last digit")
  func points() {
    let second = [
      -7.53, -5.24, -2.82, -0.65, 1.32, 3.04, 4.01, 4.93, 5.93, 6.91, 7.57, 8.52, 9.54, 10.51,
      11.44, 12.40, 13.42, 14.47, 15.48, 16.57, 17.25, 17.91, 18.92, 19.95, 21.03, 22.17, 23.04,
      24.01,
    ]
    let first = [
      -7.53, -6.25, -5.24, -3.91, -2.82, -1.66, -0.65, 0.37, 1.32, 2.26, 2.34, 3.04, 4.01, 4.93,
      5.93, 6.91, 7.57, 7.95, 8.52, 9.54, 10.51, 11.44, 12.40, 13.42, 14.47, 15.48, 16.57, 17.44,
    ]
    for (table, points) in [(MCSTable.qam64, first), (.qam256, second)] {
      let rates = BlockErrorRate(table)
      for (scheme, point) in points.enumerated() {
        #expect(agrees(rates.capacityPoint(scheme), point, decimals: 2), "\(table) \(scheme)")
      }
    }
  }

  @Test("The tabulated curve is the exact one, and its inverse", arguments: [2, 4, 6, 8])
  func curve(_ bits: Int) {
    let curve = BICMCapacity.curve(bitsPerSymbol: bits)
    for tenths in stride(from: -250, to: 400, by: 37) {
      let snr = Double(tenths) / 10 + 0.033
      let exact = BICMCapacity.exact(bitsPerSymbol: bits, snr: snr)
      #expect(abs(curve.capacity(snr: snr) - exact) < 1e-6)
      if exact < Double(bits) - 1e-3 { #expect(abs(curve.snr(capacity: exact) - snr) < 1e-3) }
    }
    #expect(abs(curve.capacity(snr: 60) - Double(bits)) < 1e-9)
    // Far down it is Shannon's, to first order, less what Gray labels cost.
    let low = curve.capacity(snr: -40)
    #expect(low > 0 && low < 1.4427e-4)
    #expect(abs(curve.capacity(snr: curve.snr(capacity: 1e-5)) - 1e-5) < 1e-9)
  }

  @Test("QPSK's capacity is that of two binary channels")
  func binary() {
    // Of binary signals at Es/N0 = 0 dB: 0.4859 bits at -3.0103 dB each, Ungerboeck's table; 2 of them.
    let capacity = BICMCapacity.exact(bitsPerSymbol: 2, snr: 0)
    #expect(abs(capacity - 0.9719) < 1e-3, "\(capacity)")
  }

  @Test("10 % points are within 0.7 dB of another package's tables, for blocks of 100 bits or more")
  func tables() throws {
    let recorded = try RecordedPoint.read()
    var (compared, largest, sum) = (0, 0.0, 0.0)
    for other in recorded where other.blockSize >= 100 {
      let table = try #require(MCSTable(rawValue: other.table))
      let ours = BlockErrorRate(table).threshold(other.index, blockSize: Double(other.blockSize))
      let difference = ours - other.point
      #expect(abs(difference) <= 0.7, "\(other): \(ours)")
      compared += 1
      largest = max(largest, abs(difference))
      sum += difference
    }
    #expect(compared == 201)
    #expect(largest < 0.57 && abs(sum / Double(compared)) < 0.1)
  }

  @Test("No code delivers more than capacity", arguments: MCSTable.allCases)
  func limit(_ table: MCSTable) {
    let rates = BlockErrorRate(table)
    for (index, scheme) in rates.schemes.enumerated() {
      let curve = BICMCapacity.curve(bitsPerSymbol: scheme.bitsPerSymbol)
      for blockSize in [100.0, 500, 2_000, 8_448] {
        for half in -20..<70 {
          let snr = Double(half) / 2
          let delivered =
            scheme.spectralEfficiency * (1 - rates.rate(index, snr: snr, blockSize: blockSize))
          #expect(delivered <= curve.capacity(snr: snr) + 1e-9, "\(index) \(blockSize) \(snr)")
        }
      }
    }
    #expect(rates.highestScheme(snr: -20, blockSize: 1_000) == 0)
    #expect(rates.highestScheme(snr: 40, blockSize: 1_000) == rates.schemes.count - 1)
  }

  @Test("Equal ratios are their own mean; of different ones it lies between")
  func effective() {
    #expect(abs(EffectiveSINR.byInformation([7, 7, 7], bitsPerSymbol: 4) - 7) < 1e-6)
    let mean = EffectiveSINR.byInformation([0, 10], bitsPerSymbol: 4)
    #expect(mean > 2 && mean < 7)
    #expect(EffectiveSINR.byInformation([45, 48], bitsPerSymbol: 2) >= 45)
  }
}
