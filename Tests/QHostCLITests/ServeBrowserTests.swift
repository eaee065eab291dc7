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

  /// What a page has become after some seconds of its scripts, and what its console said.
  private func page(
    _ url: String, _ program: Program, milliseconds: Int, _ options: [String] = []
  ) throws -> Program.Result {
    let browser = try #require(Self.browser)
    return try Child(
      browser,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(program.folder)/browser-\(UUID().uuidString)", "--enable-logging=stderr",
        "--virtual-time-budget=\(milliseconds)", "--dump-dom",
      ] + options + [url], ProcessInfo.processInfo.environment, program.folder
    ).wait()
  }

  /// The same once the page has what its events bring: the browser's clock runs ahead of ours, and may be over before the first event.
  private func settledPage(
    _ url: String, _ program: Program, until sign: String
  ) throws -> Program.Result {
    var result = try page(url, program, milliseconds: 8_000)
    for _ in 0..<8 where !result.output.contains(sign) {
      result = try page(url, program, milliseconds: 16_000)
    }
    return result
  }

  private func expectNoComplaint(_ result: Program.Result) {
    let complaints = result.errorLines.filter { $0.contains("CONSOLE") }
    #expect(complaints.isEmpty, "\(complaints)")
  }

  @Test("The list and a comparison are filled by events, without an error", .enabled(if: isThere))
  func pages() throws {
    let program = try ServeCommandTests.program()
    let server = try ServeFixture(program, ["all"])
    let list = try settledPage(server.url, program, until: "12/12")
    expectNoComplaint(list)
    #expect(list.output.contains("state ended"))
    #expect(list.output.contains("12/12"))
    let id = try #require(try server.comparisons().first?["id"] as? String)
    let view = try settledPage(
      "\(server.url)comparison/\(id)", program, until: "aria-busy=\"false\"")
    expectNoComplaint(view)
    for part in [
      "ended: 12 of 12 runs", "<section id=\"problem-1\">", "type=\"checkbox\"",
      "report.csv", "figure/", "aria-busy=\"false\"",
    ] { #expect(view.output.contains(part), "\(part)") }
  }

  @Test("A page that is open while a comparison runs shows its cells", .enabled(if: isThere))
  func live() throws {
    let program = try Program()
    let comparison = try program.start([
      "compare", "--quiet", "--jobs", "1", "-o", "ga", "-d", "digits", "--seeds", "12",
      "--max-time", "2", "--output", "live",
    ])
    defer { comparison.send(SIGKILL) }
    let server = try ServeFixture(program, ["."])
    for _ in 0..<200 where try server.comparisons().isEmpty || !program.has("live/running.json") {
      usleep(50_000)
    }
    let id = try #require(try server.comparisons().first?["id"] as? String)
    let view = try settledPage(
      "\(server.url)comparison/\(id)", program, until: "aria-busy=\"false\"")
    expectNoComplaint(view)
    #expect(view.output.contains("running: "))
    let running = view.output.firstRange(of: "<section id=\"running\">")
    #expect(running != nil, "the cells that run are hidden")
    #expect(view.output.contains("of the budget"))
  }
}
