import AnomalyDetectors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("The detector of spiking neurons")
struct SpikingNoveltyTests {
  private static let name = "spiking-novelty"

  @Test("The seed picks the neurons, and the same seed the same")
  func seeds() throws {
    let values = DetectorTests.wave(300)
    let one = try DetectorTests.scores(try DetectorTests.model(Self.name), values)
    #expect(one == (try DetectorTests.scores(try DetectorTests.model(Self.name), values)))
    #expect(one != (try DetectorTests.scores(try DetectorTests.model(Self.name, seed: 2), values)))
  }

  /// Values kept: all, fewer than a block of 64 and not a multiple of it, more than one.
  @Test(
    "Neurons, distances and scores are those of the equations", arguments: [30_000, 40, 100])
  func equations(_ history: Int) throws {
    let values = DetectorTests.wave(400, spike: 300)
    let timeConstants = [0, 2.5, 20]
    let changes: [String: ParameterValue] = [
      "neurons": .integer(5), "steps": .integer(7), "time_constants": .reals(timeConstants),
      "history": .integer(history), "memory": .real(0.99),
    ]
    let scores = try DetectorTests.scores(
      try DetectorTests.model(Self.name, seed: 3, changes), values)
    let distances = Self.distances(
      Self.counts(values, neurons: 5, steps: 7, seed: 3), steps: 7, timeConstants, history)
    NoveltyTests.expect(scores, distances, memory: 0.99, tolerance: 1e-3)
  }

  /// Spikes of each neuron at each value.
  private static func counts(
    _ values: [Float], neurons: Int, steps: Int, seed: UInt64
  ) -> [[Double]] {
    var random = RandomStream(host: TestHost(seed: seed))
    var drawn: [(slope: Double, centre: Double, membrane: Double)] = []
    for index in 0..<neurons {
      let centre = 8 * random.uniform() - 4
      let slope = 0.3 + 3.7 * random.uniform()
      drawn.append((index % 2 == 0 ? slope : -slope, centre, 0))
    }
    let leak = exp(-0.5)
    return values.map { value in
      drawn.indices.map { index in
        let shown = asinh(Double(value)) - drawn[index].centre
        let current = 1.5 * max(1 + drawn[index].slope * shown, 0)
        var spikes = 0.0
        for _ in 0..<steps {
          drawn[index].membrane = leak * drawn[index].membrane + (1 - leak) * current
          guard drawn[index].membrane > 1 else { continue }
          drawn[index].membrane = min(drawn[index].membrane - 1, 1)
          spikes += 1
        }
        return spikes
      }
    }
  }

  /// √D to the nearest trains of each value and time constant, each sum from its beginning.
  private static func distances(
    _ counts: [[Double]], steps: Int, _ timeConstants: [Double], _ history: Int
  ) -> [[Double]] {
    func square(_ one: Int, _ other: Int) -> Double {
      let squares = zip(counts[one], counts[other]).map { ($0 - $1) * ($0 - $1) }
      return squares.reduce(0, +) / Double(counts[one].count * steps * steps)
    }
    return counts.indices.map { now in
      timeConstants.map { timeConstant in
        let keep = timeConstant == 0 ? 0 : exp(-1 / timeConstant)
        var least = Double.infinity
        for place in max(0, now - history)..<max(now, 1)
        where Double(place) >= timeConstant && Double(now - place) > timeConstant {
          let sum = (0...place).reduce(0.0) {
            $0 + pow(keep, Double($1)) * square(now - $1, place - $1)
          }
          least = min(least, (1 - keep) * sum)
        }
        return least.isFinite ? least.squareRoot() : 0
      }
    }
  }
}
