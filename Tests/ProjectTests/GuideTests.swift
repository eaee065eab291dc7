import Foundation
import Testing

/// What all guides have in common, so that a reader finds an answer where one is expected.
@Suite("Guides")
struct GuideTests {
  static let names = SourceFile.folders(in: "Documentation/Guides").filter { $0.hasSuffix(".md") }

  @Test("A guide begins with what is seen: a picture, or the output of a command", arguments: names)
  func opening(_ name: String) throws {
    let guide = try Document(path: "Documentation/Guides/\(name)")
    let opening = guide.lines.prefix { !$0.hasPrefix("## ") }
    #expect(
      opening.contains { $0.hasPrefix("![") || $0 == "```" },
      "\(guide.path):\(opening.count + 1): neither picture nor output before the first section")
  }

  @Test("Questions first, figures last", arguments: names)
  func order(_ name: String) throws {
    let guide = try Document(path: "Documentation/Guides/\(name)")
    let sections = guide.headings.filter { $0.level == 2 }
    let first = try #require(sections.first, "\(guide.path) has no sections")
    #expect(
      first.title.hasPrefix("How do I "),
      "\(guide.path):\(first.line): the first section does not answer a question 'How do I ...?'")
    for (section, next) in zip(sections, sections.dropFirst())
    where section.title.hasPrefix("Figures") {
      #expect(
        next.title.hasPrefix("Figures"),
        "\(guide.path):\(next.line): '\(next.title)' comes after '\(section.title)'")
    }
  }

  @Test("The index has it, and its commands are run", arguments: names)
  func index(_ name: String) throws {
    let index = try Document(path: "Documentation/README.md")
    #expect(index.text.contains("(Guides/\(name))"), "\(index.path) does not have \(name)")
    let guide = try Document(path: "Documentation/Guides/\(name)")
    guard guide.lines.contains("```sh") else { return }
    let check = try Document(path: "Scripts/check")
    let list = try #require(check.lines.first { $0.hasPrefix("guides=(") })
    let run = list.dropFirst(8).dropLast().split(separator: " ").map { "\($0).md" }
    #expect(run.contains(name), "\(check.path) does not run the commands of \(name)")
  }

  /// All documents of the project that link to one another.
  static let documents: [String] = {
    var found = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    for folder in ["Documentation", "Plugins", "SDK", "Sources", "Benchmarks"] {
      let paths = FileManager.default.enumerator(
        atPath: SourceFile.root.appending(path: folder).path())
      while let path = paths?.nextObject() as? String {
        if path.hasSuffix(".md"), !path.contains(".build/"), !path.contains("Fixtures/"),
          !path.contains("Templates/")
        {
          found.append("\(folder)/\(path)")
        }
      }
    }
    return found.sorted()
  }()

  @Test("Links lead to files and sections that exist")
  func links() throws {
    #expect(Self.documents.count > 60)
    for path in Self.documents {
      let document = try Document(path: path)
      for link in document.links {
        let parts = link.target.split(
          separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let file =
          parts[0].isEmpty
          ? document.url
          : document.url.deletingLastPathComponent().appending(path: String(parts[0]))
        guard FileManager.default.fileExists(atPath: file.path()) else {
          Issue.record("\(path):\(link.line): there is no '\(link.target)'")
          continue
        }
        guard parts.count == 2, file.pathExtension == "md" else { continue }
        let other = try Document(url: file, path: String(parts[0]))
        #expect(
          other.headings.contains { $0.anchor == parts[1] },
          "\(path):\(link.line): '\(link.target)' names a section that is not there")
      }
    }
  }
}
