import AnomalyDetectors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Detectors of what is new")
struct NoveltyTests {
  static let names = ["novelty", "spiking-novelty"]

  /// Expects scores to be those of distances; where r is so near 1 that rounding decides whether it counts, nothing.
  static func expect(
    _ scores: [Float], _ distances: [[Double]], memory: Double, tolerance: Double
  ) {
    var compared = 0
    for (time, plain) in PlainNovelty.scores(distances, memory: memory).enumerated()
    where abs(plain.record - 1) > tolerance {
      let difference = abs(Double(scores[time]) - plain.score)
      #expect(difference < tolerance * max(plain.score, 1), "row \(time)")
      compared += 1
    }
    #expect(compared > distances.count * 9 / 10)
  }

  @Test("Distances to the nearest window before are those of all pairs")
  func nearest() throws {
    let values = DetectorTests.wave(200)
    let widths = [1, 4, 9]
    let model = try DetectorTests.model("novelty", seed: 1, ["widths": .integers(widths)])
    let x = values.map(Double.init)
    let distances = x.indices.map { now in
      widths.map { width -> Double in
        var least = Double.infinity
        for end in stride(from: width - 1, through: now - width, by: 1) {
          var sum = 0.0
          for back in 0..<width {
            let difference = x[now - back] - x[end - back]
            sum += difference * difference
          }
          least = min(least, sum)
        }
        return least.isFinite ? (least / Double(width)).squareRoot() : 0
      }
    }
    Self.expect(
      try DetectorTests.scores(model, values), distances, memory: 0.998, tolerance: 1e-4)
  }

  @Test("What is repeated exactly is less new than average", arguments: names)
  func repeated(_ name: String) throws {
    let square = (0..<900).map { Float($0 % 20 < 10 ? 1 : 0) }
    let scores = try DetectorTests.scores(try DetectorTests.model(name), square)
    #expect(scores[700...].allSatisfy { $0 < 0.5 })
  }

  @Test("An anomaly that lasts has high scores as long as it lasts", arguments: names)
  func lasting(_ name: String) throws {
    var values = DetectorTests.wave(2000)
    // No value is out of its range, but the wave has half its period.
    let other = DetectorTests.wave(800)
    let window = 1500..<1700
    for time in window { values[time] = other[2 * (time - window.lowerBound)] }
    let scores = try DetectorTests.scores(try DetectorTests.model(name), values)
    let outside = (scores[400..<window.lowerBound] + scores[1900...]).sorted()
    let high = outside[outside.count * 95 / 100]
    // Windows and traces of 128 values need some to fill.
    #expect(scores[1540..<1700].count { $0 > high } > 140)
  }

  @Test("Scales that do not rise, none, and such as nothing is compared at are refused by name")
  func scales() throws {
    for (model, name, wrong) in [
      ("novelty", "widths", ParameterValue.integers([8, 2])),
      ("spiking-novelty", "time_constants", .reals([16, 16])),
      ("spiking-novelty", "time_constants", .reals([])),
      ("spiking-novelty", "history", .integer(128)),
    ] {
      #expect {
        try DetectorTests.model(model, seed: 1, [name: wrong])
      } throws: {
        "\($0)".contains(name)
      }
    }
  }
}
