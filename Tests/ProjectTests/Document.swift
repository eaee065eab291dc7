import Foundation

/// A page in Markdown, and what tests ask about it.
struct Document {
  struct Heading {
    var level: Int
    var title: String
    var line: Int

    /// The name that links use: small letters, digits, hyphens for spaces.
    var anchor: String {
      String(
        title.lowercased().compactMap { character -> Character? in
          if character == " " { return "-" }
          return character.isLetter || character.isNumber || "-_".contains(character)
            ? character : nil
        })
    }
  }

  var url: URL
  var path: String
  var text: String
  var lines: [String]

  init(path: String) throws {
    try self.init(url: SourceFile.root.appending(path: path), path: path)
  }

  init(url: URL, path: String) throws {
    self.url = url
    self.path = path
    text = try String(contentsOf: url, encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Lines outside blocks of code, with their numbers from 1.
  private var prose: [(line: Int, text: String)] {
    var isCode = false
    return lines.enumerated().compactMap { index, text in
      if text.hasPrefix("```") {
        isCode.toggle()
        return nil
      }
      return isCode || text.hasPrefix("    ") ? nil : (index + 1, text)
    }
  }

  var headings: [Heading] {
    prose.compactMap { line, text in
      let level = text.prefix { $0 == "#" }.count
      guard level > 0, text.dropFirst(level).hasPrefix(" ") else { return nil }
      return Heading(level: level, title: String(text.dropFirst(level + 1)), line: line)
    }
  }

  /// Links within the project, as they are written.
  var links: [(target: String, line: Int)] {
    prose.flatMap { line, text in
      text.matches(of: /\]\((?<target>[^)\s]+)\)/)
        .map { (target: String($0.output.target), line: line) }
        .filter { !$0.target.contains("://") && !$0.target.hasPrefix("mailto:") }
    }
  }
}
