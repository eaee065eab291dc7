import QHostInterfaces
import QHostRuntime
import Testing

@Suite("Detectors of drifts")
struct DriftDetectorTests {
  /// Errors that are 1 with a probability, from a small generator.
  private struct Errors {
    var state: UInt64

    mutating func next(_ probability: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53 < probability ? 1 : 0
    }
  }

  private static let all: [DriftDetectorKind] = [.adwin, .pageHinkley, .ddm]

  @Test("A rise from 10 to 40 % is found soon", arguments: all)
  func rise(kind: DriftDetectorKind) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var detector = try #require(kind.detector())
      var errors = Errors(state: seed)
      var found: [(row: Int, new: Int)] = []
      for row in 0..<3_000 {
        if let new = detector.add(errors.next(row < 2_000 ? 0.1 : 0.4)) { found.append((row, new)) }
      }
      let drift = try #require(found.first { $0.row >= 2_000 }, "seed \(seed)")
      #expect(drift.row < 2_400, "\(kind), seed \(seed): row \(drift.row)")
      #expect(drift.new >= 1 && drift.new <= drift.row)
      // DDM's bounds are loose in its first hundred rows.
      #expect(kind == .ddm || found[0].row >= 2_000, "\(kind), seed \(seed)")
    }
  }

  @Test("A fall of the error is not a drift", arguments: all)
  func fall(kind: DriftDetectorKind) throws {
    var detector = try #require(kind.detector())
    var errors = Errors(state: 3)
    for row in 0..<6_000 {
      #expect(detector.add(errors.next(row < 3_000 ? 0.4 : 0.1)) == nil, "row \(row)")
    }
  }

  @Test("ADWIN's window is as long as one mean goes")
  func window() {
    var adwin = ADWIN()
    var errors = Errors(state: 5)
    for _ in 0..<4_000 { _ = adwin.add(errors.next(0.2)) }
    #expect(adwin.count > 3_000)
    // Four standard errors of 4,000 rows.
    #expect(abs(adwin.mean - 0.2) < 0.026)
    for _ in 0..<1_000 { _ = adwin.add(errors.next(0.7)) }
    #expect(adwin.count < 1_300 && adwin.mean > 0.6)
  }

  @Test("A loaded detector continues like the one that was saved", arguments: all)
  func saving(kind: DriftDetectorKind) throws {
    var detector = try #require(kind.detector())
    var errors = Errors(state: 9)
    for _ in 0..<1_777 { _ = detector.add(errors.next(0.1)) }
    var writer = StateWriter(version: 1)
    detector.save(&writer)
    var reader = try StateReader(writer.bytes, version: 1)
    var loaded = try #require(kind.detector())
    try loaded.load(&reader)
    try reader.finish()
    var drifts = 0
    for _ in 0..<3_000 {
      let error = errors.next(0.5)
      let found = detector.add(error)
      #expect(loaded.add(error) == found)
      if found != nil { drifts += 1 }
    }
    #expect(drifts > 0)
  }

  @Test("Page and Hinkley measure in the unit of errors")
  func scale() {
    var small = PageHinkley(scale: 1)
    var large = PageHinkley(scale: 1_000)
    for row in 0..<3_000 {
      let error = row < 1_000 ? 1.0 : 1.2
      #expect(small.add(error) == large.add(1_000 * error))
    }
  }
}
