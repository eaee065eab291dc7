import Foundation
import Testing

/// The list of words in `Documentation/Style.md`.
@Suite("Words")
struct WordListTests {
  /// The words on the list's left.
  private static func banned() throws -> [String] {
    let style = try String(
      contentsOf: SourceFile.root.appending(path: "Documentation/Style.md"), encoding: .utf8)
    let section = try #require(style.components(separatedBy: "\n## Words\n").dropFirst().first)
    let rows = section.components(separatedBy: "\n## ")[0].split(separator: "\n")
      .filter { $0.hasPrefix("| ") }
    return rows.dropFirst().map { row in
      row.split(separator: "|")[0].trimmingCharacters(in: .whitespaces)
    }
  }

  /// Whether a text has some words as words.
  private static func has(_ words: String, _ text: String) throws -> Bool {
    var pattern = "\\b\(NSRegularExpression.escapedPattern(for: words))s?\\b"
    if words == "is no" || words == "are no" {
      pattern =
        "(?<!there )\(pattern)(?! (?:longer|more|less|better|worse|higher|lower|larger|smaller|faster|slower|cheaper|shorter|other)\\b)"
    }
    return text.range(of: pattern, options: [.regularExpression, .caseInsensitive]) != nil
  }

  @Test("The list has words, and finds them")
  func finds() throws {
    let banned = try Self.banned()
    #expect(banned.count >= 10 && banned.contains("anew"))
    #expect(try Self.has("anew", "start the run anew") && !Self.has("anew", "a new run"))
    #expect(try Self.has("is no", "'x' is no number") && !Self.has("is no", "there is no file"))
    #expect(try !Self.has("is no", "it is no longer there"))
  }

  @Test(
    "Messages and help have no words that the style guide bans",
    arguments: ["Sources", "Plugins", "SDK"])
  func messages(_ folder: String) throws {
    let banned = try Self.banned()
    for file in try SourceFile.all(in: folder) where !file.description.contains("/Tests/") {
      for literal in file.literals {
        for words in banned where try Self.has(words, literal) {
          Issue.record(
            "\(file): '\(literal)' has '\(words)'; Documentation/Style.md says what to write")
        }
      }
    }
  }

  @Test("The documents have none of them")
  func documents() throws {
    let banned = try Self.banned().filter {
      !["is no", "are no", "the part of", "so many"].contains($0)
    }
    for folder in ["Documentation/Guides", "Documentation/Reference"] {
      for name in try FileManager.default.contentsOfDirectory(
        atPath: SourceFile.root.appending(path: folder).path()) where name.hasSuffix(".md")
      {
        let text = try String(
          contentsOf: SourceFile.root.appending(path: folder).appending(path: name), encoding: .utf8
        )
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
          .enumerated()
        {
          for words in banned where try Self.has(words, String(line)) {
            Issue.record("\(folder)/\(name):\(number + 1) has '\(words)': \(line)")
          }
        }
      }
    }
  }
}
