import Foundation
import SeriesDatasets
import Testing

@Suite("NAB's score")
struct NABScorerTests {
  /// The made-up corpus of `Oracles/nab.py`.
  static let corpus = [
    (400, [100...139, 200...219]), (6000, [900...1000, 5000...5299]), (200, [ClosedRange<Int>]()),
  ].enumerated().map { number, one in
    var scores = (0..<one.0).map { Double(($0 * 7919 + 13 + 101 * number) % 1009) / 1009 }
    for window in one.1 {
      scores[window.lowerBound + 10] += 0.5
      scores[window.upperBound + 5] += 0.3
    }
    return NABScorer.Series(scores: scores, windows: one.1)
  }

  @Test(
    "It is that of NAB's sweeper",
    arguments: [
      ("standard", 40.07083069318877), ("low_fp", 20.593789719242316),
      ("low_fn", 51.71388712879252),
    ])
  func sweeper(_ name: String, _ expected: Double) throws {
    let profile = try #require(NABProfile.all.first { $0.name == name })
    let best = try #require(NABScorer(Self.corpus).best(profile))
    #expect(abs(best.score - expected) < 1e-9)
    #expect(best.threshold == 0.9970267591674926)
  }

  private func worth(_ row: Int, rows: Int = 400) throws -> Double {
    var scores = [Double](repeating: 0, count: rows)
    scores[row] = 1
    let scorer = NABScorer([.init(scores: scores, windows: [100...199])])
    return try #require(scorer.best(NABProfile.all[0])).score
  }

  @Test("The first row of a window is worth all, later ones less, the last nearly nothing")
  func rows() throws {
    #expect(abs(try worth(100) - 100) < 1e-9)
    #expect(abs(try worth(149) - 100 * (1 + 0.8667) / 2) < 0.01)
    #expect(abs(try worth(199) - 100 * (1 + 0.02533) / 2) < 0.01)
  }

  @Test("Detections outside windows cost: none is best then")
  func outside() throws { #expect(try worth(250) == 0) }

  @Test("Nothing counts in the probation, 15 % of the rows and at most 750")
  func probation() throws {
    #expect(NABScorer.probation(of: 4032) == 604)
    #expect(NABScorer.probation(of: 15_902) == 750)
    var scores = [Double](repeating: 0, count: 1000)
    scores[120] = 1
    let inside = NABScorer([.init(scores: scores, windows: [100...140])])
    #expect(inside.windowCount == 0)
    #expect(inside.best(NABProfile.all[0]) == nil)
    let partly = NABScorer([.init(scores: scores, windows: [100...180])])
    #expect(partly.windowCount == 1)
    // The detection lies in the probation: what is left is one at the end of it.
    #expect(try #require(partly.best(NABProfile.all[0])).score < 50)
  }

  /// The published result files of numenta/NAB at ea702d7, in the folder that the environment names.
  static let folder = ProcessInfo.processInfo.environment["QHOST_NAB"]

  @Test(
    "Published detectors get their published scores", .enabled(if: folder != nil),
    arguments: [
      ("ARTime", 74.85377223215792), ("contextOSE", 69.89956896844447),
      ("earthgeckoSkyline", 58.20022252595782), ("knncad", 57.99434335898814),
      ("numenta", 70.10105611945586), ("randomCutForest", 51.71705455707469),
      ("relativeEntropy", 54.642748934687404), ("windowedGaussian", 39.649523496060375),
    ])
  func published(_ detector: String, _ expected: Double) throws {
    let root = try #require(Self.folder)
    let list = try Data(contentsOf: URL(filePath: root + "/labels/combined_windows.json"))
    let windows = try JSONDecoder().decode([String: [[String]]].self, from: list)
    let cut = { (text: String) in String(text.prefix { $0 != "." }) }
    let corpus = try windows.sorted { $0.key < $1.key }.map { name, limits in
      let parts = name.split(separator: "/")
      let path = "\(root)/results/\(detector)/\(parts[0])/\(detector)_\(parts[1])"
      let lines = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
      let times = lines.map { cut(String($0[0])) }
      return NABScorer.Series(
        scores: try lines.map { try #require(Double($0[2])) },
        windows: try limits.map {
          try #require(
            times.firstIndex(of: cut($0[0])))...(#require(times.firstIndex(of: cut($0[1]))))
        })
    }
    let best = try #require(NABScorer(corpus).best(NABProfile.all[0]))
    #expect(abs(best.score - expected) < 1e-6)
  }
}
