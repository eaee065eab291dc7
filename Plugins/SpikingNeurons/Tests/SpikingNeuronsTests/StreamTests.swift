import QHostInterfaces
import QHostTesting
import SpikingNeurons
import Testing

@Suite("Series and streams")
struct StreamTests {
  private static let variants =
    SpikingVariant.all.filter { !$0.testDescription.hasPrefix("a row") }
    + SpikingVariant.withoutGradient + SpikingVariant.encoders
  private static let lengths = [20, 3, 1, 20, 17]

  /// Rows whose steps beyond their lengths are 0.
  private static func padded() -> [Float] {
    let (s, b) = (SpikingCase.channels, SpikingCase.rowCount)
    var rows = SpikingCase.rows(seed: 4, isGraded: true)
    for (row, length) in lengths.enumerated() {
      for place in length * s..<SpikingCase.steps * s { rows[place * b + row] = 0 }
    }
    return rows
  }

  @Test("Rows one after the other are the rows of a stream at once", arguments: variants)
  func rowByRow(_ variant: SpikingVariant) throws {
    let driven = try SpikingCase.bound(variant.settings)
    let point = try driven.start()
    let (rows, b) = (Self.padded(), SpikingCase.rowCount)
    try driven.bind(rows, rowCount: b)
    try driven.bindSeries(Self.lengths, .begin)
    let together = try driven.forward(point)
    #expect(try driven.forward(point) == together, "a second pass begins elsewhere")
    for row in 0..<b {
      let own = stride(from: row, to: rows.count, by: b).map { rows[$0] }
      try driven.bind(own, rowCount: 1)
      try driven.bindSeries([Self.lengths[row]], row == 0 ? .begin : .goOn)
      let outputs = try driven.forward(point)
      #expect(outputs == (0..<driven.outputCount).map { together[$0 * b + row] }, "row \(row)")
    }
  }

  @Test("Separate rows do not depend on each other, nor on what follows them", arguments: variants)
  func separate(_ variant: SpikingVariant) throws {
    let driven = try SpikingCase.bound(variant.settings)
    let point = try driven.start()
    let (rows, b) = (Self.padded(), SpikingCase.rowCount)
    try driven.bind(rows, rowCount: b)
    try driven.bindSeries(Self.lengths, .separate)
    let together = try driven.forward(point)
    let own = stride(from: 4, to: rows.count, by: b).map { rows[$0] }
    try driven.bind(own, rowCount: 1)
    try driven.bindSeries([Self.lengths[4]], .separate)
    #expect(try driven.forward(point) == (0..<driven.outputCount).map { together[$0 * b + 4] })
  }

  @Test(
    "The gradient of a stream goes back through its rows", arguments: SpikingVariant.all.prefix(13))
  func gradient(_ variant: SpikingVariant) throws {
    guard !variant.testDescription.hasPrefix("a row") else { return }
    // The same steps as rows of four and as one row, whose output alone counts.
    let driven = try SpikingCase.bound(variant.settings)
    let point = try driven.start()
    let (steps, s) = (12, SpikingCase.channels)
    let series = (0..<SpikingCase.steps * s).map {
      Float($0 < steps * s && $0 * 11 % 3 == 0 ? 1 : 0)
    }
    try driven.bind(series, rowCount: 1)
    try driven.bindSeries([steps], .separate)
    _ = try driven.forward(point)
    let whole = try driven.backward([1, -1, 2])
    var parts = [Float](repeating: 0, count: SpikingCase.steps * s * 3)
    for row in 0..<3 {
      for place in 0..<4 * s { parts[place * 3 + row] = series[row * 4 * s + place] }
    }
    try driven.bind(parts, rowCount: 3)
    try driven.bindSeries([4, 4, 4], .begin)
    let outputs = try driven.forward(point)
    // What counts and membranes of a row are is its own: with slopes for all rows alike they add up.
    let readsRow = variant.settings["readout"] != nil
    let scale: Float = variant.settings["readout"] == SpikingCase.choice("membrane") ? 1.0 / 3 : 1
    let slopes: [Float] =
      readsRow ? [1, 1, 1, -1, -1, -1, 2, 2, 2].map { $0 * scale } : [0, 0, 1, 0, 0, -1, 0, 0, 2]
    let chained = try driven.backward(slopes)
    for (a, b) in zip(chained, whole) { #expect(abs(a - b) <= 1e-4 * max(1, abs(b))) }
    #expect(outputs.allSatisfy { $0.isFinite })
  }
}
