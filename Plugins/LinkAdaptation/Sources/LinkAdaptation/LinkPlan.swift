internal import CLinkAdaptation
internal import Foundation
internal import QHostMemory
internal import QHostRadio

/// The tables of the simulator, from the formulas of `QHostRadio`.
package final class LinkPlan: @unchecked Sendable {
  /// Slots of an episode.
  package static let slotCount = 1_000
  static let schemes = MCSTable.qam256.schemes
  static let sizes = [8, 16, 32, 64, 128]
  /// Bits of a code block that qualities are reported for.
  private static let reportedBlockSize = 1_000.0

  // Not changed after it is made.
  let start: UnsafeMutablePointer<qhost_kernel_link_plan>

  /// Fills the tables.
  package init() {
    start = .allocate(capacity: 1)
    start.initialize(to: qhost_kernel_link_plan())
    fillSchemes()
    fillQualities()
    fillInformation()
    fillTaps()
    fillScene()
  }

  deinit { start.deallocate() }

  private func fillSchemes() {
    Self.fill(&start.pointee.efficiencies, Self.schemes.map { Float($0.spectralEfficiency) })
    Self.fill(&start.pointee.orders, Self.schemes.map { Int32($0.bitsPerSymbol / 2 - 1) })
    var curves: [qhost_kernel_link_curve] = []
    var counts: [Float] = []
    var thresholds: [Float] = []
    let rounds = 1...HybridARQ.transmissionLimit
    let schemesOfRounds = rounds.map { round in
      BlockErrorRate(
        schemes: Self.schemes.map {
          CodingScheme(
            bitsPerSymbol: $0.bitsPerSymbol, rateTimes1024: $0.rateTimes1024 / Double(round))
        })
    }
    for size in Self.sizes {
      for (index, scheme) in Self.schemes.enumerated() {
        let block = TransportBlock(scheme, resourceBlockCount: size)
        let bits = Double(block.codeBlockSize)
        let width = BlockErrorRate.width(blockSize: bits)
        for rates in schemesOfRounds {
          let middle =
            rates.threshold(index, blockSize: bits) - 1.2815515655446004 * width
          curves.append(
            qhost_kernel_link_curve(middle: Float(middle), inverse_width: Float(1 / width)))
        }
        counts.append(Float(block.codeBlockCount))
        thresholds.append(Float(Self.threshold(schemesOfRounds[0], index, block)))
      }
    }
    Self.fill(&start.pointee.curves, curves)
    Self.fill(&start.pointee.block_counts, counts)
    Self.fill(&start.pointee.thresholds, thresholds)
  }

  /// Where a tenth of transport blocks is lost, in dB.
  private static func threshold(
    _ rates: BlockErrorRate, _ scheme: Int, _ block: TransportBlock
  ) -> Double {
    var (low, high) = (-40.0, 60.0)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if rates.rate(scheme, snr: middle, block: block) > 0.1 { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  private func fillQualities() {
    let schemes = CQITable.qam256.schemes
    let rates = BlockErrorRate(schemes: schemes)
    Self.fill(
      &start.pointee.quality_thresholds,
      schemes.indices.map { Float(rates.threshold($0, blockSize: Self.reportedBlockSize)) })
    Self.fill(
      &start.pointee.quality_orders, schemes.map { Int32($0.bitsPerSymbol / 2 - 1) })
  }

  private func fillInformation() {
    let curves = [2, 4, 6, 8].map { BICMCapacity.curve(bitsPerSymbol: $0) }
    let octave = Int(QHOST_KERNEL_LINK_OCTAVE)
    var information: [Float] = []
    for index in 0..<Int(QHOST_KERNEL_LINK_RATIOS) {
      let mantissa = 1 + (Double(index % octave) + 0.5) / Double(octave)
      let ratio = Decibel.of(mantissa * pow(2, Double(index / octave - 14)))
      information += curves.map {
        Float(min(1, $0.capacity(snr: ratio) / Double($0.bitsPerSymbol)))
      }
    }
    Self.fill(&start.pointee.information, information)
    let count = Int(QHOST_KERNEL_LINK_INVERSE)
    var inverse: [Float] = []
    for curve in curves {
      let bits = Double(curve.bitsPerSymbol) / Double(count)
      let ratios = (0..<count).map {
        Float(max(-42, curve.snr(capacity: bits * max(Double($0), 0.01))))
      }
      // The last entry would be infinite: full information stands 3 dB above the one before it.
      inverse += ratios + [ratios[count - 1] + 3]
    }
    Self.fill(&start.pointee.inverse, inverse)
    let waterfall = Int(QHOST_KERNEL_LINK_WATERFALL)
    Self.fill(
      &start.pointee.waterfall,
      (0...waterfall).map { place in
        let z = 16 * Double(place) / Double(waterfall) - 8
        return Float(log(0.5 * erfc(-z / 2.0.squareRoot())))
      })
  }

  private func fillTaps() {
    let profiles = [DelayProfile.a, .c]
    let room = Int(QHOST_KERNEL_LINK_TAPS)
    Self.fill(&start.pointee.tap_counts, profiles.map { Int32($0.delays.count) })
    func padded(_ numbers: [Double]) -> [Float] {
      numbers.map(Float.init) + Array(repeating: 0, count: room - numbers.count)
    }
    Self.fill(&start.pointee.tap_delays, profiles.flatMap { padded($0.delays) })
    Self.fill(
      &start.pointee.tap_amplitudes,
      profiles.flatMap { padded($0.powers.map { $0.squareRoot() }) })
  }

  private func fillScene() {
    start.pointee.point_spacing = 8 * 12 * 30_000
    start.pointee.slot_seconds = 0.0005
    start.pointee.doppler_for_speed = Float(Doppler.shift(speed: 1, carrierGHz: 3.5))
    start.pointee.report_error = 1
    start.pointee.snr = (-5, 30)
    start.pointee.delay_spread = (30, 300)
    start.pointee.speed = (3, 120)
    start.pointee.report_period = (5, 40)
    start.pointee.delay = (4, 8)
    start.pointee.burst_share = (0, 0.5)
    start.pointee.burst_length = (20, 400)
    start.pointee.burst_ratio = (0, 12)
    start.pointee.offset_step = 0.5
    start.pointee.offset_width = 1.5
    start.pointee.slot_count = Int32(Self.slotCount)
  }

  /// Copies numbers to an array of C.
  private static func fill<Array, Number>(_ array: inout Array, _ numbers: [Number]) {
    withUnsafeMutableBytes(of: &array) { bytes in
      numbers.withUnsafeBytes {
        precondition($0.count == bytes.count, "\($0.count) bytes for \(bytes.count)")
        bytes.copyMemory(from: $0)
      }
    }
  }
}
