import Foundation
import QHostComparing
import QHostRuntime
import Testing

/// Lists of numbers in a journal's lines are read to the last bit, however they are written.
@Suite("Improvements in the lines of journals")
struct ImprovementsTextTests {
  private static let losses = [
    "1e+300", "1.7976931348623157e308", "123456789012345678", "100000000000000000000001", "1e23",
    "1e22", "9007199254740993", "1E+2", "5", "0.3333333333333333", "0.1", "5.0638000000000005e-05",
    "3.0e-22", "4.35e-23", "0.000000000000000000000000123", "2.2250738585072014e-308", "5e-324",
    "0", "-0.5", "-1e5",
  ]

  /// A journal whose only cell has some text as its improvements.
  private func contents(_ lists: String, skims: Bool = false) throws -> JournalContents {
    var making = try JournalMaking(seeds: 1)
    making.add(JournalMaking.Cell())
    let path = try making.write()
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(text.firstRange(of: "\"improvements\":{"))
    let end = try #require(text[start.upperBound...].firstIndex(of: "}"))
    let changed =
      text[..<start.lowerBound] + "\"improvements\":" + lists + text[text.index(after: end)...]
    try changed.write(toFile: path, atomically: true, encoding: .utf8)
    return skims
      ? try JournalContents(skimming: path) : try JournalContents(reading: path)
  }

  private func improvements(_ contents: JournalContents) throws -> Improvements {
    guard case .finished(let result) = try #require(contents.entries[1]) else {
      throw RunError(.data, "there is no run")
    }
    return result.improvements
  }

  private func text(_ losses: [String], space: String = "") -> String {
    let counts = losses.indices.map { "\($0 + 1)" }.joined(separator: "," + space)
    return "{\"best_loss\":[\(losses.joined(separator: "," + space))],\"evaluations\":[\(counts)],"
      + "\"forward_equivalents\":[\(counts)],\"seconds\":[\(counts)]}"
  }

  @Test("Numbers are those that Swift reads, bit by bit")
  func numbers() throws {
    let read = try improvements(contents(text(Self.losses)))
    #expect(read.bestLoss.map(\.bitPattern) == Self.losses.map { Double($0)?.bitPattern })
    #expect(read.evaluations == Array(1...Self.losses.count))
    var generator = SystemRandomNumberGenerator()
    let random = (0..<2_000).map { _ in
      abs(Double(bitPattern: generator.next() & 0xBFFF_FFFF_FFFF_FFFF))
    }.filter(\.isFinite)
    #expect(try improvements(contents(text(random.map { "\($0)" }))).bestLoss == random)
  }

  @Test("Infinities are words, and lists with spaces are read by the decoder")
  func words() throws {
    let read = try improvements(contents(text(["\"Infinity\"", "2.5", "\"-Infinity\""])))
    #expect(read.bestLoss == [.infinity, 2.5, -.infinity])
    #expect(
      try improvements(contents(text(Self.losses, space: " ")))
        == improvements(contents(text(Self.losses))))
    #expect(try improvements(contents(text([]))) == Improvements())
  }

  @Test("To skim is to keep the last improvement")
  func skimming() throws {
    let read = try improvements(contents(text(Self.losses), skims: true))
    #expect(read.bestLoss == [-1e5] && read.evaluations == [Self.losses.count])
    #expect(try improvements(contents(text([]), skims: true)) == Improvements())
  }

  @Test(
    "What is not a list of numbers is damaged",
    arguments: [
      #"{"best_loss":[0x10],"evaluations":[1],"forward_equivalents":[1],"seconds":[1]}"#,
      #"{"best_loss":[nan],"evaluations":[1],"forward_equivalents":[1],"seconds":[1]}"#,
      #"{"best_loss":[1],"evaluations":[1.5],"forward_equivalents":[1],"seconds":[1]}"#,
      #"{"best_loss":[1],"evaluations":[1,2],"forward_equivalents":[1],"seconds":[1]}"#,
      #"{"best_loss":[1],"evaluations":[1],"seconds":[1]}"#,
      #"{"best_loss":["NaN"],"evaluations":[1],"forward_equivalents":[1],"seconds":[1]}"#,
      #"{"best_loss":[1.],"evaluations":[1],"forward_equivalents":[1],"seconds":[1]}"#,
    ])
  func damage(lists: String) throws {
    #expect(throws: RunError.self) { try contents(lists) }
  }
}
