import Foundation
import Testing

/// The folders under `Plugins/` are all alike, so that any one shows how the others are made.
@Suite("Plugins")
struct PluginFolderTests {
  static let names = SourceFile.folders(in: "Plugins")

  @Test("There are those that the manifest has")
  func some() throws {
    let manifest = try String(
      contentsOf: SourceFile.root.appending(path: "Package.swift"), encoding: .utf8)
    let listed = manifest.matches(of: /Plugin\(\s*name: "(?<name>\w+)"/)
      .map { String($0.output.name) }
    #expect(!listed.isEmpty)
    #expect(listed.sorted() == Self.names)
  }

  @Test(
    "A plugin has a README, an algorithm, an export and tests, and nothing else", arguments: names)
  func parts(_ name: String) {
    let folder = Set(SourceFile.folders(in: "Plugins/\(name)"))
    #expect(folder.isSuperset(of: ["README.md", "Sources", "Tests"]))
    #expect(folder.isSubset(of: ["Documentation", "Oracles", "README.md", "Sources", "Tests"]))
    let sources = Set(SourceFile.folders(in: "Plugins/\(name)/Sources"))
    #expect(sources.isSuperset(of: [name, "\(name)Plugin"]))
    // Kernels of its own in C, and the modules of system libraries.
    let others = sources.subtracting([name, "\(name)Plugin"])
    #expect(others.allSatisfy { $0.hasPrefix("C") }, "\(others)")
    #expect(SourceFile.folders(in: "Plugins/\(name)/Tests").contains("\(name)Tests"))
  }

  @Test("An export is one file of at most 60 lines", arguments: names)
  func export(_ name: String) throws {
    let files = try SourceFile.all(in: "Plugins/\(name)/Sources/\(name)Plugin")
    #expect(files.map(\.description) == ["Plugins/\(name)/Sources/\(name)Plugin/Plugin.swift"])
    #expect(files.allSatisfy { $0.text.split(separator: "\n").count <= 60 })
  }

  @Test("An algorithm imports the interfaces and libraries, not the host", arguments: names)
  func imports(_ name: String) throws {
    let files = try SourceFile.all(in: "Plugins/\(name)/Sources/\(name)")
    #expect(!files.isEmpty)
    let libraries = LibraryFolderTests.names.flatMap { ["QHost\($0)", "CQHost\($0)"] }
    let allowed = Set(libraries + ["QHostInterfaces"])
    for file in files {
      let ours = Set(file.imports.filter { $0.contains("QHost") })
      #expect(ours.isSubset(of: allowed), "\(file) imports \(ours.subtracting(allowed))")
    }
  }

  /// Which headings a page has, in this order; others may stand between.
  private static let headings = [
    "What it computes", "Parameters", "Limits", "Sources and deviations", "Licence",
  ]

  @Test("The page of a plugin has the sections that all have, in their order", arguments: names)
  func page(_ name: String) throws {
    let path = "Plugins/\(name)/README.md"
    let text = try String(contentsOf: SourceFile.root.appending(path: path), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let found = lines.enumerated().filter { $0.element.hasPrefix("## ") }
      .map { (line: $0.offset + 1, title: String($0.element.dropFirst(3))) }
    let places = Self.headings.map { heading in found.first { $0.title == heading }?.line }
    for (heading, place) in zip(Self.headings, places) {
      #expect(place != nil, "\(path): there is no section '## \(heading)'")
    }
    let present = places.compactMap { $0 }
    #expect(present == present.sorted(), "\(path): sections at lines \(present) are not in order")
    #expect(
      text.contains("Documentation/Reference/"),
      "\(path): section 'Parameters' does not link the reference, which no table by hand replaces")
    for (number, line) in lines.enumerated() where line.hasPrefix("| parameter | default |") {
      Issue.record("\(path):\(number + 1) is a table of parameters by hand; the reference has it")
    }
  }
}
