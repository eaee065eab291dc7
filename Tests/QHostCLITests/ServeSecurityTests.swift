import Foundation
import Testing

/// Who gets an answer of `qhost serve`, and to what.
@Suite("Security of qhost serve")
struct ServeSecurityTests {
  @Test("Another host's name is refused: it may be made to lead here")
  func rebinding() throws {
    let server = try ServeFixture(try ServeCommandTests.program(), ["all"])
    for host in [
      "evil.example", "evil.example:\(server.port)", "127.0.0.2", "", "localhost.evil.example",
    ] {
      let answer = try server.get("/events", host: host)
      #expect(answer.status == 403, "\(host)")
      #expect(!answer.body.contains("comparisons"))
    }
    for host in ["localhost", "LOCALHOST:\(server.port)", "127.0.0.1:1"] {
      #expect(try server.get("/", host: host).status == 200, "\(host)")
    }
  }

  @Test("A page of another origin cannot read it")
  func origins() throws {
    let server = try ServeFixture(try ServeCommandTests.program(), ["all"])
    let foreign = [
      "Origin: http://evil.example", "Origin: null", "Origin: http://127.0.0.1:1",
      "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site",
    ]
    for header in foreign {
      #expect(try server.get("/", [header]).status == 403, "\(header)")
      #expect(try server.get("/?token=x", [header]).status == 403, "\(header)")
    }
    #expect(try server.get("/", ["Origin: http://127.0.0.1:\(server.port)"]).status == 200)
    #expect(try server.get("/", ["Sec-Fetch-Site: none"]).status == 200)
    let head = try server.get("/").head
    for header in [
      "default-src 'none'", "frame-ancestors 'none'", "nosniff",
      "Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store",
    ] { #expect(head.contains(header), "\(header)") }
    #expect(!head.lowercased().contains("access-control-allow"))
  }

  @Test("No path leads to a file")
  func paths() throws {
    let program = try ServeCommandTests.program()
    _ = try program.write("secret", to: "secret.txt")
    try FileManager.default.createSymbolicLink(
      atPath: program.folder + "/all/link", withDestinationPath: program.folder)
    let server = try ServeFixture(program, ["all"])
    let id = try #require(try server.comparisons().first?["id"] as? String)
    #expect(try server.comparisons().count == 1)
    let paths = [
      "/secret.txt", "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt",
      "/all/c/journal.jsonl",
      "/comparison/../../secret.txt", "/comparison/all/c", "//etc/passwd",
      "/comparison/\(id)/../../../secret.txt", "/comparison/\(id)/figure/..%2f..%2fjournal.jsonl",
      "/comparison/\(id)/journal.jsonl", "/comparison/\(id)/figure/\(program.folder)/secret.txt",
    ]
    for path in paths {
      let answer = try server.get(path)
      #expect(answer.status == 404, "\(path): \(answer.status)")
      #expect(!answer.body.contains("secret\n") && !answer.body.contains("root:"), "\(path)")
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
      #expect(try server.get("/", method: method).status == 405, "\(method)")
    }
  }

  @Test("An address for other machines needs the token, which becomes a cookie")
  func token() throws {
    let program = try ServeCommandTests.program()
    let server = try ServeFixture(program, ["all", "--address", "0.0.0.0"])
    let token = try #require(server.url.split(separator: "token=").last.map(String.init))
    #expect(token.count == 32)
    #expect(try server.get("/").status == 403)
    #expect(try server.get("/events").status == 403)
    #expect(try server.get("/?token=\(token.dropLast())0x").status == 403)
    #expect(try server.get("/?token=").status == 403)
    #expect(
      try server.get("/", ["Cookie: qhost-token=\(String(repeating: "0", count: 32))"]).status
        == 403)
    let entry = try server.get("//evil.example/?token=\(token)")
    #expect(entry.status == 303 && entry.head.contains("Location: /"))
    #expect(!entry.head.contains("Location: //"), "it would lead elsewhere")
    #expect(
      entry.head.contains("Set-Cookie: qhost-token=\(token); HttpOnly; SameSite=Strict; Path=/"))
    #expect(try server.get("/", ["Cookie: a=b; qhost-token=\(token)"]).status == 200)
    #expect(try server.get("/", ["Authorization: Bearer \(token)"]).status == 200)
    #expect(
      try server.get("/", ["Cookie: qhost-token=\(token)", "Origin: http://evil.example"]).status
        == 403)
  }
}
