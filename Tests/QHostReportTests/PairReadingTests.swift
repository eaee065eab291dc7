import Foundation
import QHostReport
import Testing

@Suite("Sentences about pairs")
struct PairReadingTests {
  /// Random numbers: the linear congruence of Knuth's MMIX.
  private struct Numbers {
    var state: UInt64

    mutating func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }

  @Test("None of 10,000 simulated pairs has a sentence that names the loser")
  func simulated() throws {
    var numbers = Numbers(state: 7)
    var counts: [String: Int] = [:]
    for sample in 0..<10_000 {
      let pairs = Self.runs(sample % 5, &numbers)
      let report = PairReport.all(
        [Self.outcomes("one", pairs.map(\.0)), Self.outcomes("two", pairs.map(\.1))],
        isMoreBetter: sample % 2 == 0)[0]
      let kind = try Self.check(report, pairs)
      counts[kind, default: 0] += 1
    }
    // Every kind of sentence was there, so that every check could have failed.
    for kind in ["better", "by size", "no difference", "but", "the same"] {
      #expect(counts[kind, default: 0] >= 5, "\(kind): \(counts)")
    }
  }

  /// The outcomes of both on 5 to 50 seeds: ties and zeros, few large against many small differences,
  /// failures, heavy tails, almost nothing but zeros.
  private static func runs(_ kind: Int, _ numbers: inout Numbers) -> [(Double, Double)] {
    let count = 5 + Int(numbers.uniform() * 46)
    let shift = numbers.uniform() - 0.5
    return (0..<count).map { _ in
      let base = (numbers.uniform() * 50).rounded() / 50
      switch kind {
      case 0: return (base, ((base + numbers.uniform() - 0.5 + shift / 2) * 10).rounded() / 10)
      case 1:
        let isLarge = numbers.uniform() < 0.42
        let size = numbers.uniform()
        return (base, isLarge ? base + 10 * size : base - 0.01 * size)
      case 2:
        let one = numbers.uniform() < 0.1 ? Double.infinity : base
        return (one, numbers.uniform() < 0.1 ? .infinity : base + shift * numbers.uniform())
      case 3: return (base, base + tan((numbers.uniform() - 0.5) * .pi) + 2 * shift)
      default: return (base, numbers.uniform() < 0.9 ? base : base + shift)
      }
    }
  }

  private static func outcomes(_ name: String, _ values: [Double]) -> OutcomesBySeed {
    OutcomesBySeed(
      name: name,
      values: Dictionary(uniqueKeysWithValues: values.enumerated().map { (UInt64($0), $1) }))
  }

  /// The sums of ranks of the pairs on which the first and the second is better, by counting.
  private static func rankSums(_ pairs: [(Double, Double)]) -> (first: Double, second: Double) {
    let differences = pairs.map { $0 == $1 ? 0 : $0 - $1 }
    var sums = (first: 0.0, second: 0.0)
    for difference in differences where difference != 0 {
      let less = differences.count { abs($0) < abs(difference) }
      let equal = differences.count { abs($0) == abs(difference) }
      let rank = Double(less) + Double(equal + 1) / 2
      if difference < 0 { sums.first += rank } else { sums.second += rank }
    }
    return sums
  }

  /// Reads a sentence and holds it against the ranks.
  ///
  /// - Returns: what kind of sentence it is.
  private static func check(
    _ report: PairReport, _ pairs: [(Double, Double)]
  ) throws -> String {
    let sums = rankSums(pairs)
    let better = ["one": pairs.count { $0 < $1 }, "two": pairs.count { $0 > $1 }]
    let favoured = sums.first > sums.second ? "one" : sums.first < sums.second ? "two" : nil
    let text = report.reading
    let words = text.split(separator: " ").map { String($0.filter { !":(),".contains($0) }) }
    if words.dropFirst().prefix(3) == ["is", "better", "than"] {
      #expect(words[0] == favoured && words[0] != words[4], "\(text): \(sums)")
      #expect(counts(after: "better", in: words) == [better[words[0]]], "\(text): \(better)")
      #expect(try #require(report.adjustedProbability) <= 0.05)
      let isBySize = text.contains("by the size of the differences")
      #expect(isBySize == (better[words[0], default: 0] <= better[words[4], default: 0]), "\(text)")
      return isBySize ? "by size" : "better"
    }
    #expect(!text.contains("is better than"), "\(text)")
    if words.prefix(2) == ["the", "same"] {
      #expect(better.values.allSatisfy { $0 == 0 })
      return "the same"
    }
    #expect(words.prefix(4) == ["no", "difference", "is", "shown"], "\(text)")
    if words[4] == "each" {
      #expect(better["one"] == better["two"])
      #expect(counts(after: "better", in: words) == [better["one"]], "\(text): \(better)")
      return "each"
    }
    let fewer = words[4] == "one" ? "two" : "one"
    #expect(counts(after: "better", in: words) == [better[words[4]]], "\(text): \(better)")
    #expect(better[words[4], default: 0] > better[fewer, default: 0], "\(text): \(better)")
    #expect(text.contains(", but \(fewer) by more") == (favoured == fewer), "\(text): \(sums)")
    return text.contains(", but ") ? "but" : "no difference"
  }

  /// The numbers in "better on 7".
  private static func counts(after word: String, in words: [String]) -> [Int?] {
    words.indices.dropLast(2).filter { words[$0] == word && words[$0 + 1] == "on" }.map {
      Int(words[$0 + 2])
    }
  }
}
