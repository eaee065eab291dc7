import SeriesDatasets
import Testing

@Suite("Volumes under surfaces")
struct VolumeUnderSurfaceTests {
  /// A case of `Oracles/volumes.py`, and what TSB-AD 1.5 and vus 0.0.6 say.
  struct Case: Sendable {
    let rows: Int
    let anomalies: [ClosedRange<Int>]
    let width: Int
    let steps: Int
    let roc: Double
    let precisionRecall: Double

    init(
      _ rows: Int, _ anomalies: [ClosedRange<Int>], _ width: Int, _ steps: Int, _ roc: Double,
      _ precisionRecall: Double
    ) {
      (self.rows, self.anomalies, self.width, self.steps) = (rows, anomalies, width, steps)
      (self.roc, self.precisionRecall) = (roc, precisionRecall)
    }

    var scores: [Double] {
      (0..<rows).map { row in
        let isAnomaly = anomalies.contains { $0.contains(row) }
        let score = Double((row * 7919 + 13) % 1009) / 1009 + (isAnomaly ? 0.5 : 0)
        return steps > 0 ? (score * Double(steps)).rounded(.down) / Double(steps) : score
      }
    }
  }

  static let cases = [
    Case(300, [40...52], 10, 0, 0.8991359237593598, 0.6029303617164583),
    Case(350, [40...52, 60...61], 7, 0, 0.9121006232309918, 0.6639973298771811),
    Case(400, [40...52, 60...61, 200...230], 20, 0, 0.9097858874678324, 0.7252444044585333),
    Case(450, [40...52], 33, 10, 0.9175412334496502, 0.5366257824703244),
    Case(500, [0...6, 100...140], 5, 0, 0.8825819932047901, 0.6686525818719425),
    Case(550, [300...309, 541...549], 12, 0, 0.9016000214781114, 0.5949826560405362),
    Case(600, [77...77], 0, 0, 0.837228714524207, 0.010101010101010102),
  ]

  @Test("They are those of TSB-AD and vus", arguments: cases)
  func recorded(_ one: Case) throws {
    let volumes = try #require(
      VolumeUnderSurface.volumes(one.scores, anomalies: one.anomalies, width: one.width))
    #expect(abs(volumes.roc - one.roc) < 1e-12)
    #expect(abs(volumes.precisionRecall - one.precisionRecall) < 1e-12)
  }

  @Test("A perfect score has volumes of 1; without anomalies, or with nothing else, there are none")
  func limits() throws {
    let scores = (0..<100).map { (20...29).contains($0) ? 1.0 : 0 }
    let volumes = try #require(VolumeUnderSurface.volumes(scores, anomalies: [20...29], width: 0))
    #expect(abs(volumes.precisionRecall - 1) < 1e-12)
    #expect(VolumeUnderSurface.volumes(scores, anomalies: [], width: 5) == nil)
    #expect(VolumeUnderSurface.volumes(scores, anomalies: [0...99], width: 5) == nil)
  }

  @Test("The period is the lag of the highest peak of the autocorrelation, 125 without one")
  func period() {
    let wave = (0..<500).map { Double($0 % 24 < 5 ? 1 : 0) }
    #expect(SeriesPeriod.period(of: wave) == 24)
    #expect(SeriesPeriod.period(of: [Double](repeating: 2, count: 500)) == 125)
  }
}
