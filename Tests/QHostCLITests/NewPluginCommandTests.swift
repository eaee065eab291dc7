import Foundation
import Testing

@Suite("qhost new-plugin")
struct NewPluginCommandTests {
  private func arguments(
    _ name: String, language: String = "c", kind: String = "optimizer", _ more: String...
  ) -> [String] {
    ["new-plugin", "--language", language, "--kind", kind, name, "--quiet"] + more
  }

  @Test(
    "writes a folder in which every name is its own",
    arguments: ["c", "cpp", "rust", "swift"],
    ["optimizer", "solver", "model", "dataset", "target"])
  func names(_ language: String, _ kind: String) throws {
    let program = try Program()
    let result = try program.run(arguments("tilt-search-2", language: language, kind: kind))
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.first == "cd tilt-search-2")
    let folder = program.folder + "/tilt-search-2"
    let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap {
      $0 as? String
    }
    #expect(files.contains("README.md"))
    var sources = 0
    for file in files {
      #expect(!file.contains("my-") && !file.contains("my_") && !file.contains("My"), "\(file)")
      guard let text = try? String(contentsOfFile: folder + "/" + file, encoding: .utf8) else {
        continue
      }
      for own in ["my-\(kind)", "my_\(kind)", "My\(kind.capitalized)", "../.."] {
        #expect(!text.contains(own), "\(file) contains \(own)")
      }
      sources += [".c", ".cpp", ".rs", ".swift"].contains { file.hasSuffix($0) } ? 1 : 0
    }
    #expect(sources == (language == "swift" ? 2 : 1))
  }

  @Test("quotes a folder whose name the shell would take apart")
  func quoting() throws {
    let program = try Program()
    let result = try program.run(arguments("mine") + ["--output", "a b/it's"])
    #expect(result.output.hasPrefix("cd 'a b/it'\\''s'\n"))
    #expect(program.files(in: "a b/it's").contains("mine.c"))
  }

  @Test(
    "refuses names that are not identifiers",
    arguments: [
      ("", "cannot be"), ("Tilt Search", "try 'tilt-search'"), ("tilt_search", "try 'tilt-search'"),
      ("2d", "begin with a letter"), ("a--b", "try 'a-b'"), ("-a", "cannot be"), ("a-", "try 'a'"),
      ("../up", "try 'up'"), ("wéll", "cannot be"), (String(repeating: "x", count: 65), "64"),
      ("while", "try 'my-while'"), ("string", "try 'my-string'"), ("co-yield", ""),
    ])
  func badNames(_ name: String, _ words: String) throws {
    let program = try Program()
    let result = try program.run(["new-plugin", "--language", "c", "--kind", "model", "--", name])
    guard !words.isEmpty else {
      #expect(result.code == 0)
      return
    }
    expectRefusal(result, code: 2, words)
    #expect(program.files(in: ".").filter { $0 != "CACHE" }.isEmpty)
  }

  @Test("refuses names of components and plugins that there are")
  func taken() throws {
    let program = try Program()
    expectRefusal(
      try program.run(arguments("adam")), code: 2, "optimizer 'adam'", "choose another name")
    expectRefusal(
      try program.run(arguments("iris", kind: "target")), code: 2, "dataset 'iris'", "choose")
    expectRefusal(
      try program.run(arguments("classical-optimizers")), code: 2, "plugin", "choose")
    #expect(!program.has("adam"))
  }

  @Test("refuses to write over what is there, and leaves nothing half done")
  func existing() throws {
    let program = try Program()
    _ = try program.write("mine", to: "tilt/file")
    expectRefusal(try program.run(arguments("tilt")), code: 2, "'tilt' is there already")
    expectRefusal(
      try program.run(arguments("tilt") + ["--output", "tilt/file"]), code: 2, "there already")
    #expect(program.files(in: "tilt") == ["file"])
    let file = try program.run(arguments("tilt") + ["--output", "tilt/file/below"])
    expectRefusal(file, code: 5, "tilt/file")
    #expect(program.files(in: ".").filter { $0.contains("partial") }.isEmpty)
  }

  @Test("refuses languages and kinds that there are none of")
  func unknown() throws {
    let program = try Program()
    let language = try program.run(arguments("mine", language: "cobol"))
    #expect(language.code == 2)
    #expect(language.error.contains("cobol"))
    #expect(try program.run(arguments("mine", kind: "loss")).code == 2)
    let other = try Program(["QHOST_TEMPLATES": "/nowhere"])
    expectRefusal(try other.run(arguments("mine")), code: 2, "QHOST_TEMPLATES")
    let astray = try Program(["QHOST_CHECKOUT": "/nowhere"])
    expectRefusal(
      try astray.run(arguments("mine", language: "swift")), code: 2, "/nowhere/Package.swift",
      "QHOST_CHECKOUT")
    #expect(!astray.has("mine"))
  }
}
