import Foundation
import Testing

@Suite("Figures of a run")
struct RunFigureTests {
  private static let arguments = [
    "run", "--max-forward-equivalents", "200", "--output", "out",
  ]
  private static let files = ["figures/cuts-loss.svg", "figures/cuts-box.svg"]

  @Test("They are drawn beside the model and listed in the record")
  func record() throws {
    let program = try Program()
    let result = try program.run(Self.arguments + ["--json"])
    #expect(result.code == 0)
    let artifacts = try #require(try result.json()["artifacts"] as? [[String: Any]])
    let names = artifacts.compactMap { $0["name"] as? String }
    #expect(names == ["model.safetensors", "trace.csv"] + Self.files)
    for (artifact, file) in zip(artifacts.dropFirst(2), Self.files) {
      let path = try #require(artifact["path"] as? String)
      #expect(path.hasSuffix("/out/" + file))
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(bytes.count == artifact["bytes"] as? Int)
      #expect(String(decoding: bytes, as: UTF8.self).contains("<svg"))
    }
    #expect(!result.error.contains("│"), "this is not a terminal")
  }

  @Test("Without a terminal none is shown, and no codes of colours are written")
  func noTerminal() throws {
    let result = try Program().run(Self.arguments)
    #expect(result.code == 0)
    #expect(!(result.output + result.error).contains("│"))
    #expect(!(result.output + result.error).contains("\u{1B}"))
    #expect(result.output.contains("/out/figures/cuts-loss.svg"))
  }

  @Test(
    "A terminal shows a small one, unless it is to be quiet",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "there is no script"))
  func terminal() throws {
    func shown(_ more: String...) throws -> String {
      let program = try Program()
      let words = ["'\(Program.path)'"] + Self.arguments + more
      let child = try Child(
        "/usr/bin/script", ["-qec", words.joined(separator: " "), "/dev/null"],
        ProcessInfo.processInfo.environment.merging(
          ["XDG_STATE_HOME": program.folder + "/state", "TERM": "xterm"]) { $1 }, program.folder)
      return try child.wait().output
    }
    let text = try shown()
    #expect(text.contains("Loss at the cuts"))
    #expect(text.split(separator: "\r\n").filter { $0.contains("│") }.count == 9)
    #expect(!(try shown("--quiet")).contains("│"))
    #expect(!(try shown("--json")).contains("│"))
  }

  @Test("A report of the run's folder has its loss and its figures, and fetches nothing")
  func report() throws {
    let program = try Program()
    #expect(try program.run(Self.arguments + ["--quiet"]).code == 0)
    let result = try program.run("report", "out")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output == "out/report.html\n")
    let page = try String(contentsOfFile: program.folder + "/out/report.html", encoding: .utf8)
    #expect(page.contains("best loss"))
    for file in Self.files { #expect(page.contains("alt=\"\(file)\"")) }
    #expect(page.components(separatedBy: "data:image/svg+xml;base64,").count == 3)
    #expect(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"))
    expectRefusal(
      try program.run("report", "out", "--json"), code: 2, "is the folder of a run", "--json")
  }
}
