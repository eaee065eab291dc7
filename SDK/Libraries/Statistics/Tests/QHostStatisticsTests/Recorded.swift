import Foundation
import QHostStatistics
import Testing

/// What SciPy says, as `Fixtures/make.py` recorded it.
struct Recorded: Decodable {
  struct Rate: Decodable {
    var successes: Int
    var runs: Int
    var level: Double
    var wilson: [Double]
  }

  struct Figures: Decodable {
    var values: [Double]
    var mean: Double
    var median: Double
    var deviation: Double
    var parts: [Double]
    var quantiles: [Double]
    var level: Double
    var meanInterval: [Double]
  }

  struct Test: Decodable {
    var first: [Double]
    var second: [Double]
    var isExact: Bool
    var statistic: Double
    var pValue: Double
  }

  struct Ranking: Decodable {
    var figures: [[Double]]
    var meanRanks: [Double]
    var chiSquared: Double
    var fStatistic: Double
    var pValue: Double
    var level: Double
    var criticalDifference: Double
  }

  struct Correction: Decodable {
    var pValues: [Double]
    var adjusted: [Double]
  }

  var rates: [Rate]
  var samples: [Figures]
  var signedRank: [Test]
  var friedman: [Ranking]
  var holm: [Correction]

  static func read() throws -> Recorded {
    try JSONDecoder().decode(Recorded.self, from: data("scipy.json"))
  }

  static func data(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(
      contentsOf: folder.deletingLastPathComponent().appending(path: "Fixtures/\(name)"))
  }
}

/// A sample of pairs with the exact probability of its signed ranks, found in other ways than here.
struct RecordedPair: Decodable {
  var first: [Double]
  var second: [Double]
  /// How it was found: `enumeration` of all signs, `scipy`, or a `recursion` over doubled ranks.
  var by: String
  var statistic: Double
  var pValue: Double

  static func read() throws -> [RecordedPair] {
    try JSONDecoder().decode([RecordedPair].self, from: Recorded.data("pairs.json"))
  }
}

/// Expects two numbers to agree to some digits, by default to those that both sides' functions have.
func expect(
  _ value: Double, near expected: Double, within tolerance: Double = 1e-10, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let isNear = value == expected || abs(value - expected) <= tolerance * max(abs(expected), 1e-3)
  #expect(isNear, "\(what) \(value) is not \(expected)", sourceLocation: sourceLocation)
}

/// Expects the ends of an interval.
func expect(
  _ interval: Interval?, near expected: [Double], within tolerance: Double = 1e-10,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let interval = try #require(interval, sourceLocation: sourceLocation)
  expect(
    interval.lower, near: expected[0], within: tolerance, "lower", sourceLocation: sourceLocation)
  expect(
    interval.upper, near: expected[1], within: tolerance, "upper", sourceLocation: sourceLocation)
}
