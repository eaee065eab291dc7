import Foundation
import Testing

@Suite("qhost query")
struct QueryCommandTests {
  private static let comparison = [
    "compare", "--quiet", "--jobs", "1", "-o", "tunneling,adam", "-d", "iris", "--seeds", "3",
    "--max-evals", "60", "--output", "c",
  ]

  private func program() throws -> Program {
    let program = try Program()
    let result = try program.run(Self.comparison)
    #expect(result.code == 0, "\(result.error)")
    return program
  }

  private func rows(_ program: Program, _ sql: String, _ folders: String...) throws -> [[Any]] {
    let result = try program.run(["query", "--json", sql] + folders)
    #expect(result.code == 0, "\(result.error)")
    let answer = try result.json()
    #expect(answer["schema"] as? String == "qhost.query/1")
    return try #require(answer["rows"] as? [[Any]])
  }

  @Test("Cells, improvements and metrics have what the journal has")
  func tables() throws {
    let program = try program()
    let journal = try JournalFile(program, "c")
    let cells = try rows(
      program, "SELECT cell, best_loss, loss_evaluations + gradient_evaluations FROM cells", "c")
    let improvements = try rows(
      program, "SELECT cell, step, evaluations, passes, seconds, best_loss FROM improvements", "c")
    let metrics = try rows(
      program, "SELECT cell, value FROM metrics WHERE split = 'test' AND metric = 'accuracy'", "c")
    #expect(cells.count == 6 && metrics.count == 6)
    var expected: [[Double]] = []
    for record in journal.records("cell").sorted(by: {
      ($0["cell"] as? Int ?? 0) < ($1["cell"] as? Int ?? 0)
    }) {
      let cell = try #require(record["cell"] as? Int)
      let lists = try #require(record["improvements"] as? [String: [Double]])
      let names = ["evaluations", "forward_equivalents", "seconds", "best_loss"]
      for step in try #require(lists["best_loss"]).indices {
        expected.append([Double(cell), Double(step + 1)] + names.map { lists[$0]?[step] ?? .nan })
      }
      #expect(cells[cell - 1][1] as? Double == lists["best_loss"]?.last)
      let run = try #require(record["run"] as? [String: Any])
      let splits = try #require(run["metrics"] as? [String: [String: Double]])
      #expect(metrics[cell - 1][1] as? Double == splits["test"]?["accuracy"])
    }
    #expect(improvements.map { $0.map { $0 as? Double ?? .nan } } == expected)
  }

  @Test("Tables are joined by cell, and each journal keeps its name")
  func joins() throws {
    let program = try program()
    try FileManager.default.copyItem(
      atPath: program.folder + "/c", toPath: program.folder + "/d")
    let joined = try rows(
      program,
      """
      SELECT c.journal, c.cell, count(*) AS n, min(i.best_loss) = c.best_loss FROM cells c
      JOIN improvements i ON i.journal = c.journal AND i.cell = c.cell GROUP BY 1, 2 ORDER BY 1, 2
      """, "one=c", "two=d")
    #expect(joined.count == 12)
    #expect(joined.prefix(6).allSatisfy { $0[0] as? String == "one" && $0[3] as? Int == 1 })
    let halves = joined.map { $0[2] as? Int }
    #expect(halves.prefix(6) == halves.suffix(6))
    let none = try rows(program, "SELECT * FROM improvements WHERE cell = 'x' OR cell = 7", "c")
    #expect(none.isEmpty)
    let outer = try rows(program, "SELECT DISTINCT journal FROM cells ORDER BY 1", ".")
    #expect(outer.map { $0[0] as? String } == ["./c/journal.jsonl", "./d/journal.jsonl"])
  }

  @Test("Failed cells are rows with their sentence")
  func failures() throws {
    let program = try program()
    let path = program.folder + "/c/journal.jsonl"
    let line =
      #"{"cell":2,"dataset":"iris","kind":"plugin","message":"it, \"crashed\"","model":"mlp","#
      + #""optimizer":"adam","record":"failure","seed":1}"#
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try (text + line + "\n" + #"{"cell":3,"data"#).write(
      toFile: path, atomically: true, encoding: .utf8)
    let result = try program.run(
      "query", "--csv", "SELECT cell, outcome, failure, value FROM cells WHERE failure NOTNULL", "c"
    )
    #expect(result.output == "cell,outcome,failure,value\n2,failed,\"it, \"\"crashed\"\"\",\n")
    #expect(try rows(program, "SELECT count(*) FROM cells", "c")[0][0] as? Int == 6)
  }

  @Test("SQL that writes or loads code is refused, and the journal stays as it is")
  func writing() throws {
    let program = try program()
    let path = URL(fileURLWithPath: program.folder + "/c/journal.jsonl")
    let before = try Data(contentsOf: path)
    let refused = [
      "DELETE FROM cells", "INSERT INTO cells(cell) VALUES (1)", "UPDATE cells SET cell = 2",
      "DROP TABLE cells", "CREATE TABLE t(a)", "PRAGMA writable_schema = 1",
      "ATTACH 'x.db' AS x", "BEGIN", "SELECT load_extension('x')", "VACUUM INTO 'x.db'",
      "CREATE TEMP TABLE t AS SELECT * FROM cells",
    ]
    for sql in refused {
      expectRefusal(try program.run("query", sql, "c"), code: 2, "only read")
    }
    #expect(try Data(contentsOf: path) == before)
    #expect(!program.has("x.db"))
  }

  @Test("A mistake is told with its place")
  func mistakes() throws {
    let program = try program()
    let mistakes = [
      ("SELECT optimzer FROM cells", "character 8", "no such column: optimzer"),
      ("SELECT *\nFROM cels", "--schema", "no such table: cels"),
      ("SELECT 1; SELECT 2", "character 10", "second statement"),
      ("SELECT FROM cells", "character 8", "syntax error"),
      (" ", "there is no SQL", "SELECT"),
      ("SELECT abs(-9223372036854775808)", "SQL: integer overflow", "change the statement"),
    ]
    for (sql, place, what) in mistakes {
      expectRefusal(try program.run("query", sql, "c"), code: 2, place, what)
    }
    expectRefusal(
      try program.run("query", "SELECT * FROM cells", "nowhere"), code: 5, "nowhere/journal.jsonl")
    expectRefusal(try program.run("query", "SELECT 1"), code: 2, "folders")
    expectRefusal(
      try program.run("query", "--json", "--csv", "SELECT 1", "c"), code: 2, "leave one")
  }

  @Test("The schema lists every column that SELECT * gives")
  func schema() throws {
    let program = try program()
    let tables = try #require(
      try program.run("query", "--schema", "--json").json()["tables"] as? [[String: Any]])
    #expect(tables.compactMap { $0["name"] as? String } == ["cells", "improvements", "metrics"])
    for table in tables {
      let name = try #require(table["name"] as? String)
      let columns = try #require(table["columns"] as? [[String: String]])
      let answer = try program.run("query", "--json", "SELECT * FROM \(name) LIMIT 1", "c").json()
      #expect(answer["columns"] as? [String] == columns.compactMap { $0["name"] })
      #expect((answer["rows"] as? [[Any]])?.count == 1)
    }
  }

  @Test("A table has a line for each row")
  func text() throws {
    let program = try program()
    let result = try program.run(
      "query", "SELECT optimizer, count(*) AS n, NULL AS x FROM cells GROUP BY 1 ORDER BY 1", "c")
    #expect(
      result.output == """
        optimizer  n  x
        adam       3  –
        tunneling  3  –

        """)
  }
}
