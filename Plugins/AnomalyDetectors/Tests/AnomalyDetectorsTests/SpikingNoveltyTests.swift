import AnomalyDetectors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("The detector of spiking neurons")
struct SpikingNoveltyTests {
  private static let name = "spiking-novelty"

  @Test("What is repeated exactly is not new")
  func repeated() throws {
    let square = (0..<900).map { Float($0 % 20 < 10 ? 1 : 0) }
    let model = try DetectorTests.model(Self.name, seed: 1, ["time_constants": .reals([1, 10])])
    #expect(try DetectorTests.scores(model, square)[700...].allSatisfy { $0 == 0 })
  }

  @Test("The seed picks the neurons, and the same seed the same")
  func seeds() throws {
    let values = DetectorTests.wave(300)
    let one = try DetectorTests.scores(try DetectorTests.model(Self.name), values)
    #expect(one == (try DetectorTests.scores(try DetectorTests.model(Self.name), values)))
    #expect(one != (try DetectorTests.scores(try DetectorTests.model(Self.name, seed: 2), values)))
  }

  @Test("Neurons, traces and distances are those of the equations, one pattern a value")
  func equations() throws {
    let values = DetectorTests.wave(120)
    let changes: [String: ParameterValue] = [
      "neurons": .integer(5), "steps": .integer(7), "time_constants": .reals([2.5]),
      "patterns": .integer(1000), "recruiting": .real(0), "memory": .real(0),
    ]
    let scores = try DetectorTests.scores(
      try DetectorTests.model(Self.name, seed: 3, changes), values)
    var random = RandomStream(host: TestHost(seed: 3))
    var neurons: [(slope: Double, centre: Double, membrane: Double, trace: Double)] = []
    for index in 0..<5 {
      let centre = 8 * random.uniform() - 4
      let slope = 0.3 + 3.7 * random.uniform()
      neurons.append((index % 2 == 0 ? slope : -slope, centre, 0, 0))
    }
    let (leak, keep) = (exp(-0.5), exp(-1 / 2.5))
    var (traces, before, compared): ([[Double]], Double, Int) = ([], 0.01, 0)
    for (time, value) in values.enumerated() {
      for index in neurons.indices {
        let shown = asinh(Double(value)) - neurons[index].centre
        let current = 1.5 * max(1 + neurons[index].slope * shown, 0)
        var spikes = 0.0
        for _ in 0..<7 {
          neurons[index].membrane = leak * neurons[index].membrane + (1 - leak) * current
          guard neurons[index].membrane > 1 else { continue }
          neurons[index].membrane = min(neurons[index].membrane - 1, 1)
          spikes += 1
        }
        neurons[index].trace = keep * neurons[index].trace + (1 - keep) * spikes / 7
      }
      traces.append(neurons.map(\.trace))
      // A pattern is there from the value after its fourth one on.
      guard time > 4 else { continue }
      let distance =
        (0..<time - 4).map { place in
          let squares = zip(traces[place], traces[time]).map { ($0 - $1) * ($0 - $1) }
          return (squares.reduce(0, +) / 5).squareRoot()
        }.min() ?? 0
      // Until the mean means something, the score is the record alone; one near 1 may fall on either side.
      let record = distance / before
      if time < 100, abs(record - 1) > 1e-3 {
        #expect(abs(Double(scores[time]) - (record > 1 ? record : 0)) < 1e-3 * max(record, 1))
        compared += 1
      }
      before = max(distance, 0.01)
    }
    #expect(compared > 80)
  }
}
