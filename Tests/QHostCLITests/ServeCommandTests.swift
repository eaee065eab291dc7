import Foundation
import Glibc
import Testing

@Suite("qhost serve")
struct ServeCommandTests {
  static func program() throws -> Program {
    let program = try Program()
    let result = try program.run(
      "compare", "--quiet", "--jobs", "1", "-o", "tunneling,adam,ga", "-d", "iris", "--seeds", "4",
      "--max-evals", "60", "--output", "all/c")
    #expect(result.code == 0, "\(result.error)")
    return program
  }

  private func id(_ server: ServeFixture) throws -> String {
    try #require(try server.comparisons().first?["id"] as? String)
  }

  @Test("The list has state, count and best median of each comparison")
  func list() throws {
    let program = try Self.program()
    let server = try ServeFixture(program, ["all"])
    #expect(server.url == "http://127.0.0.1:\(server.port)/")
    let page = try server.get("/")
    #expect(page.status == 200 && page.body.contains("<script src=\"/page.js\">"))
    let rows = try server.comparisons()
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row["name"] as? String == "c" && row["state"] as? String == "ended")
    #expect(row["finished"] as? Int == 12 && row["cells"] as? Int == 12)
    let table = try program.run(
      "query", "--csv",
      "SELECT optimizer, value FROM cells", "all/c"
    ).output
    var values: [Substring: [Double]] = [:]
    for line in table.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      values[fields[0], default: []].append(Double(fields[1]) ?? .nan)
    }
    let medians = values.mapValues { list in
      let sorted = list.sorted()
      return (sorted[1] + sorted[2]) / 2
    }
    let top = try #require(medians.values.max())
    let percent = String(format: "%.1f %%", top * 100)
    #expect((row["best"] as? String ?? "").hasPrefix(percent), "\(row["best"] ?? "") \(percent)")
    #expect(row["metric"] as? String == "test accuracy")
  }

  @Test("A comparison's view is the report's, and what is chosen changes it")
  func view() throws {
    let program = try Self.program()
    let server = try ServeFixture(program, ["all"])
    let place = "/comparison/\(try id(server))"
    let view = try server.get("\(place)/view").body
    _ = try program.run("report", "all/c", "--output", "r.html", "--quiet")
    let report = try String(contentsOfFile: program.folder + "/r.html", encoding: .utf8)
    let section = try #require(report.firstRange(of: "<section id=\"problem-1\">"))
    let end = try #require(report[section.upperBound...].firstRange(of: "</section>"))
    #expect(view.contains(report[section.lowerBound..<end.upperBound]))
    let chosen = try server.get("\(place)/view?hide=ga&baseline=adam").body
    #expect(!chosen.contains(">ga<") && chosen.contains("difference from adam"))
    let names = try server.get("\(place)/names").body
    #expect(names.contains("\"combinations\":[\"tunneling\""))
    #expect(
      names.contains("convergence-processor-seconds") && names.contains("convergence-evaluations"))
    let refused = try server.get("\(place)/view?baseline=nobody")
    #expect(refused.status == 422 && refused.body.contains("no combination"))
  }

  @Test("Downloads are what qhost report writes")
  func downloads() throws {
    let program = try Self.program()
    let server = try ServeFixture(program, ["all"])
    let place = "/comparison/\(try id(server))"
    for (format, name) in [("csv", "report.csv"), ("latex", "report.tex")] {
      let written = try program.run("report", "all/c", "--format", format).output
      let answer = try server.get("\(place)/\(name)")
      #expect(answer.body == written, "\(name)")
      #expect(answer.head.contains("attachment; filename=\"\(name)\""))
    }
    let names = try program.run("report", "all/c", "--list-figures").output.split(separator: "\n")
    let figure = try #require(names.first)
    let svg = try program.run("report", "all/c", "--figure", "\(figure)", "--format", "svg").output
    #expect(try server.get("\(place)/figure/\(figure).svg").body == svg)
    #expect(try server.get("\(place)/figure/nothing.svg").status == 404)
  }

  @Test("An event tells of a new run, of the cells that are running, and of the end")
  func events() throws {
    let program = try Program()
    let server = try ServeFixture(program, ["."])
    let stream = try server.events()
    let first = try stream.read { $0.contains("\n\n") }
    #expect(first.contains("Content-Type: text/event-stream") && first.contains("retry: 1000"))
    #expect(try #require(try ServeFixture.event(in: first)["comparisons"] as? [Any]).isEmpty)
    let comparison = try program.start([
      "compare", "--quiet", "--jobs", "1", "-o", "ga", "-d", "digits", "--seeds", "3",
      "--max-time", "1.5", "--output", "live",
    ])
    let running = try stream.read { $0.contains("\"active\":[{") }
    #expect(running.contains("\"active\":[{"), "\(running.suffix(400))")
    #expect(running.contains("\"state\":\"running\""))
    #expect(try comparison.wait().code == 0)
    let end = try stream.read { $0.contains("\"state\":\"ended\"") }
    #expect(end.contains("\"finished\":1,") && end.contains("\"finished\":3,"))
    #expect(!program.has("live/running.json"))
    for line in end.split(whereSeparator: \.isNewline) where line.hasPrefix("data: ") {
      _ = try JSONSerialization.jsonObject(with: Data(line.dropFirst(6).utf8))
    }
  }

  @Test("A journal that is damaged, killed or replaced is told as such")
  func states() throws {
    let program = try Self.program()
    let path = program.folder + "/all/c/journal.jsonl"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    _ = try program.write(
      lines.prefix(5).joined(separator: "\n") + "\n{\"cell\"", to: "all/cut/journal.jsonl")
    _ = try program.write(lines[0] + "\n{}\n", to: "all/bad/journal.jsonl")
    let server = try ServeFixture(program, ["all"])
    let rows = try server.comparisons()
    let states = rows.reduce(into: [:]) { $0[$1["name"] as? String ?? ""] = $1["state"] as? String }
    #expect(states == ["c": "ended", "cut": "interrupted", "bad": "unreadable"])
    let bad = try #require(rows.first { $0["name"] as? String == "bad" })
    #expect((bad["problem"] as? String ?? "").contains("line 2 is damaged"))
    let stream = try server.events()
    _ = try stream.read { $0.contains("\n\n") }
    _ = try program.write(lines.joined(separator: "\n") + "\n", to: "all/bad/journal.jsonl")
    let mended = try stream.read { $0.components(separatedBy: "\"name\":\"bad\"").count > 2 }
    #expect(try ServeFixture.event(in: mended)["comparisons"] != nil)
    #expect(mended.components(separatedBy: "\"state\":\"ended\"").count > 2)
  }

  @Test("A port that is taken, an address that is none, and a folder that is not there are refused")
  func refusals() throws {
    let program = try Self.program()
    let server = try ServeFixture(program, ["all"])
    expectRefusal(
      try program.run("serve", "all", "--port", "\(server.port)"), code: 2, "is in use", "--port")
    expectRefusal(
      try program.run("serve", "all", "--address", "nowhere"), code: 2, "--address", "nowhere")
    expectRefusal(
      try program.run("serve", "all", "--port", "0", "--address", "192.0.2.1"), code: 2,
      "not an address of this machine")
    expectRefusal(try program.run("serve", "none"), code: 5, "'none' is not a folder")
    expectRefusal(try program.run("serve", "all", "--token", "short"), code: 2, "--token", "16")
  }
}
