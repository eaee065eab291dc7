import QHostRadio
import Testing

/// A row of known values: distance, losses with and without line of sight, and how probable it is.
private struct Row: CustomTestStringConvertible {
  var scenario: UrbanScenario
  var carrier: Double
  var breakpoint: Double
  var values: [(distance: Double, clear: Double, dark: Double, probability: Double?)]
  var testDescription: String { "\(scenario) \(carrier) GHz" }
}

private let rows = [
  Row(
    scenario: .macro, carrier: 2, breakpoint: 320.2215,
    values: [
      (35, 69.7678, 83.0607, 0.7930), (100, 78.2774, 98.1768, 0.3477),
      (250, 86.8173, 113.3467, 0.0895), (500, 96.8795, 125.0551, 0.0363),
      (1000, 108.9063, 136.8053, 0.0180),
    ]),
  Row(
    scenario: .macro, carrier: 3.5, breakpoint: 560.3877,
    values: [
      (100, 83.1382, 103.0375, nil), (250, 91.6781, 118.2075, nil), (500, 98.2692, 129.9158, nil),
      (1000, 109.4065, 141.6660, nil),
    ]),
  Row(
    scenario: .micro, carrier: 2, breakpoint: 120.0831,
    values: [
      (35, 71.1073, 83.7568, 0.6980), (100, 80.4534, 99.4671, 0.2310),
      (250, 94.8175, 113.4681, 0.0729), (500, 106.8511, 124.0878, 0.0360),
    ]),
  Row(
    scenario: .micro, carrier: 3.5, breakpoint: 210.1454,
    values: [
      (100, 85.3142, 104.6438, nil), (250, 95.0744, 118.6448, nil), (500, 107.1080, 129.2645, nil),
    ]),
]

@Suite("Path loss")
struct PathLossTests {
  @Test("Known values to their last digit", arguments: rows)
  private func known(_ row: Row) {
    let loss = PathLoss(
      row.scenario, carrierGHz: row.carrier, baseHeight: row.scenario.calibration.baseHeight)
    #expect(agrees(loss.breakpointDistance, row.breakpoint, decimals: 4))
    for value in row.values {
      #expect(agrees(loss.lineOfSight(distance: value.distance), value.clear, decimals: 4))
      #expect(agrees(loss.nonLineOfSight(distance: value.distance), value.dark, decimals: 4))
      if let probability = value.probability {
        let ours = row.scenario.lineOfSightProbability(distance: value.distance)
        #expect(agrees(ours, probability, decimals: 4), "\(value.distance) m: \(ours)")
      }
    }
  }

  @Test("Two other packages say the same where they agree, and one of them where they do not")
  func packages() throws {
    let recorded = try Recorded.read().losses
    #expect(recorded.count == 360)
    var agreeing = 0
    for other in recorded {
      let scenario = try #require(UrbanScenario(rawValue: other.scenario))
      let loss = PathLoss(
        scenario, carrierGHz: other.carrierGHz, baseHeight: other.baseHeight,
        userHeight: other.userHeight)
      let ours =
        other.isLineOfSight
        ? loss.lineOfSight(distance: other.distance) : loss.nonLineOfSight(distance: other.distance)
      #expect(abs(ours - other.sionna) < 1e-6, "\(other): \(ours)")
      let isBeyond = other.isLineOfSight && other.distance > loss.breakpointDistance
      // CRRM's speed of light is 3e8 m/s: 18 lg or 19 lg of the ratio, less what the heights add.
      #expect(abs(ours - other.crrm) < (isBeyond ? 0.006 : 1e-6), "\(other): \(ours)")
      if !isBeyond { agreeing += 1 }
    }
    #expect(agreeing == 293)
  }

  @Test("The mean over both states lies between them")
  func expected() {
    let loss = PathLoss(.macro, carrierGHz: 2, baseHeight: 25)
    for distance in [20.0, 100, 700] {
      let mean = loss.expected(distance: distance)
      #expect(mean > loss.lineOfSight(distance: distance))
      #expect(mean < loss.nonLineOfSight(distance: distance))
    }
    #expect(abs(loss.expected(distance: 10) - loss.lineOfSight(distance: 10)) < 1e-9)
  }

  @Test("Line of sight is certain up to 18 m, and more probable for high users of UMa alone")
  func sight() {
    #expect(UrbanScenario.macro.lineOfSightProbability(distance: 18) == 1)
    #expect(UrbanScenario.micro.lineOfSightProbability(distance: 0) == 1)
    let low = UrbanScenario.macro.lineOfSightProbability(distance: 200, userHeight: 13)
    let high = UrbanScenario.macro.lineOfSightProbability(distance: 200, userHeight: 22.5)
    #expect(high > 2 * low && high <= 1)
    #expect(
      UrbanScenario.micro.lineOfSightProbability(distance: 200, userHeight: 22.5)
        == UrbanScenario.micro.lineOfSightProbability(distance: 200))
  }

  @Test("The environment is 1 m high but for high users far away")
  func environment() {
    #expect(EnvironmentHeight.drawn(distance: 300, userHeight: 12, first: 0.999, second: 0) == 1)
    #expect(EnvironmentHeight.drawn(distance: 300, userHeight: 22.5, first: 0, second: 0.9) == 1)
    let heights = [0.0, 0.26, 0.51, 0.99].map {
      EnvironmentHeight.drawn(distance: 300, userHeight: 22.5, first: 0.999, second: $0)
    }
    #expect(heights == [12, 15, 18, 21])
    #expect(
      EnvironmentHeight.drawn(distance: 300, userHeight: 15, first: 0.999, second: 0.99) == 12)
  }

  @Test("Walls: the two models at 2 GHz by hand")
  func indoor() {
    // 10^-0.24 = 0.575440, 10^-1.3 = 0.0501187, 10^-2.36 = 0.00436516; 5 - 10 lg of their weighted sums.
    #expect(abs(IndoorLoss.low.loss(carrierGHz: 2, indoorDistance: 0) - 11.825320) < 1e-5)
    #expect(abs(IndoorLoss.high.loss(carrierGHz: 2, indoorDistance: 0) - 22.425320) < 1e-5)
    let near = IndoorLoss.low.loss(carrierGHz: 2, indoorDistance: 0)
    #expect(abs(IndoorLoss.low.loss(carrierGHz: 2) - near - 25.0 / 6) < 1e-12)
  }
}
