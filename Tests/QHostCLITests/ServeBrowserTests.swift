import Foundation
import Testing

/// The pages of `qhost serve` in a browser.
@Suite("Pages in Chromium", .serialized)
struct ServeBrowserTests {
  private static let browser = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]
  .first { FileManager.default.isExecutableFile(atPath: $0) }
  private static let isThere: Bool = {
    if browser == nil {
      print("skipped: there is no Chromium, so that pages are not tried in a browser")
    }
    return browser != nil
  }()

  private func browser(_ program: Program) throws -> Browser {
    try Browser(#require(Self.browser), folder: program.folder)
  }

  @Test("The list and a comparison are filled by events, without an error", .enabled(if: isThere))
  func pages() throws {
    let program = try ServeCommandTests.program()
    let server = try ServeFixture(program, ["all"])
    let browser = try browser(program)
    let list = try browser.page(server.url, until: "12/12")
    #expect(list.complaints.isEmpty)
    #expect(list.content.contains("state ended"))
    #expect(list.content.contains("12/12"))
    let id = try #require(try server.comparisons().first?["id"] as? String)
    let view = try browser.page(
      "\(server.url)comparison/\(id)", until: "aria-busy=\"false\"", "ended: ", "figure/")
    #expect(view.complaints.isEmpty)
    for part in [
      "ended: 12 of 12 runs", "<section id=\"problem-1\">", "type=\"checkbox\"",
      "report.csv", "figure/", "aria-busy=\"false\"",
    ] { #expect(view.content.contains(part), "\(part)") }
  }

  @Test("A page that is open while a comparison runs shows its cells", .enabled(if: isThere))
  func live() throws {
    let program = try Program()
    let comparison = try program.start([
      "compare", "--quiet", "--jobs", "1", "-o", "ga", "-d", "digits", "--seeds", "60",
      "--max-time", "2", "--output", "live",
    ])
    defer { comparison.send(SIGKILL) }
    let server = try ServeFixture(program, ["."])
    for _ in 0..<200 where try server.comparisons().isEmpty || !program.has("live/running.json") {
      usleep(50_000)
    }
    let id = try #require(try server.comparisons().first?["id"] as? String)
    // A cell says how far it is only after some tenths of a second: a page may be opened between two cells.
    let view = try browser(program).page(
      "\(server.url)comparison/\(id)", until: "aria-busy=\"false\"", "of the budget")
    #expect(view.complaints.isEmpty)
    #expect(view.content.contains("running: "))
    let running = view.content.firstRange(of: "<section id=\"running\">")
    #expect(running != nil, "the cells that run are hidden")
    #expect(view.content.contains("of the budget"))
  }
}
