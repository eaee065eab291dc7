import AnomalyDetectors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Detectors of anomalies")
struct DetectorTests {
  static let mapping = Mapping(task: .regression, input: Shape([1, 2]), output: Shape([1]))

  /// Every detector, by name.
  static func model(_ name: String, seed: UInt64 = 1, _ changes: [String: ParameterValue] = [:])
    throws -> any Model
  {
    let host = TestHost(seed: seed)
    let types: [any DetectorModel.Type] = [
      RandomDetector.self, WindowedGaussian.self, SubsequencePCA.self, PolynomialDetector.self,
      NoveltyDetector.self, SpikingNoveltyDetector.self,
    ]
    let type = try #require(types.first { $0.descriptor.name == name })
    return try type.init(
      request: request(for: type.descriptor, changes, host: host), mapping: mapping)
  }

  static let names = [
    "random-detector", "windowed-gaussian", "sub-pca", "poly", "novelty", "spiking-novelty",
  ]

  /// A noisy wave with a spike at `spike`.
  static func wave(_ count: Int, spike: Int? = nil) -> [Float] {
    let noise = TestHost(seed: 5).normals(step: 0, index: 0, count: count)
    return (0..<count).map { t in
      let wave = sin(Double(t) * 2 * Double.pi / 25)
      let jump: Double = t == spike ? 4 : 0
      return Float(wave + 0.05 * noise[t] + jump)
    }
  }

  /// Scores of rows bound together, or one by one.
  static func scores(
    _ model: any Model, _ values: [Float], begins: Set<Int> = [0], oneByOne: Bool = false,
    gain: Double = 1
  ) throws -> [Float] {
    let session = try model.makeSession()
    let blocks = oneByOne ? values.indices.map { $0..<$0 + 1 } : [0..<values.count]
    var scores: [Float] = []
    for block in blocks {
      let inputs = Array(values[block]) + block.map { begins.contains($0) ? 1 : 0 }
      var outputs = [Float](repeating: .nan, count: block.count)
      try inputs.withUnsafeBufferPointer { inputs in
        try session.bind(inputs: inputs, rowCount: block.count)
        try [UInt64](repeating: 1, count: block.count).withUnsafeBufferPointer {
          try session.bindSeries(lengths: $0, start: block.lowerBound == 0 ? .begin : .goOn)
        }
        try [gain].withUnsafeBufferPointer { gain in
          try outputs.withUnsafeMutableBufferPointer {
            try session.forward(parameters: gain, pointCount: 1, outputs: $0)
            // Again, from where the rows were bound to start.
            try session.forward(parameters: gain, pointCount: 1, outputs: $0)
          }
        }
      }
      scores += outputs
    }
    return scores
  }

  @Test("Points bound one by one have the scores of those bound together", arguments: names)
  func oneByOne(_ name: String) throws {
    let values = Self.wave(700, spike: 600)
    let together = try Self.scores(try Self.model(name), values)
    #expect(together == (try Self.scores(try Self.model(name), values, oneByOne: true)))
    #expect(together.allSatisfy { $0.isFinite && $0 >= 0 })
  }

  @Test("A score does not depend on what comes later", arguments: names)
  func noLookAhead(_ name: String) throws {
    let values = Self.wave(700)
    let whole = try Self.scores(try Self.model(name), values)
    let changed = Array(values[..<500]) + values[500...].map { 10 - 3 * $0 }
    #expect(try Self.scores(try Self.model(name), changed)[..<500] == whole[..<500])
  }

  @Test("A spike is the highest score", arguments: names.dropFirst())
  func spike(_ name: String) throws {
    let scores = try Self.scores(try Self.model(name), Self.wave(700, spike: 600))
    let highest = try #require(scores[300...].indices.max { scores[$0] < scores[$1] })
    #expect((600..<616).contains(highest))
  }

  @Test("Another series begins without memory of the one before", arguments: names.dropFirst())
  func begins(_ name: String) throws {
    let values = Self.wave(300)
    let both = try Self.scores(try Self.model(name), values + values, begins: [0, 300])
    #expect(both[..<300] == both[300...])
  }

  @Test("Random scores depend on the seed, and each series has its own")
  func random() throws {
    let values = Self.wave(200)
    let one = try Self.scores(try Self.model("random-detector"), values + values, begins: [0, 200])
    #expect(one[..<200] != one[200...])
    #expect(
      one[..<200] != (try Self.scores(try Self.model("random-detector", seed: 2), values))[...])
    #expect(abs(one.reduce(0, +) / 400 - 0.5) < 0.06)
  }

  @Test("The gain scales scores")
  func gain() throws {
    let values = Self.wave(300)
    let one = try Self.scores(try Self.model("poly"), values)
    let two = try Self.scores(try Self.model("poly"), values, gain: 2)
    #expect(zip(one, two).allSatisfy { abs(2 * $0 - $1) <= 1e-6 * abs($1) })
  }

  @Test("Inputs that are not a stream of values are refused by name")
  func mappings() {
    let wrong = Mapping(task: .classification, input: Shape([2, 3]), output: Shape([3]))
    #expect(throws: ComponentError.self) {
      try NoveltyDetector(request: request(for: NoveltyDetector.descriptor), mapping: wrong)
    }
  }

  @Test("The optimizer 'none' asks for the start, once, and recommends it")
  func none() throws {
    let problem = Problem(queries: [], initial: [3, 4])
    let optimizer = try NoOptimizer(request: request(for: NoOptimizer.descriptor), problem: problem)
    var query = Query()
    try optimizer.ask(&query)
    #expect(query.points == [3, 4])
    try optimizer.tell(Answer())
    query.clear()
    try optimizer.ask(&query)
    #expect(query.kind == .done)
    #expect(try optimizer.recommendation() == [3, 4])
  }
}
