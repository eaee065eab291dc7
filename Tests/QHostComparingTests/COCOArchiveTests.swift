import QHostComparing
import QHostRuntime
import Testing

@Suite("Exported archives of COCO")
struct COCOArchiveTests {
  @Test("have an index by function, and the precision by targets and by evaluations")
  func archive() throws {
    var journal = try JournalMaking(optimizers: ["a", "b"], seeds: 2)
    journal.add(.init(optimizer: "a[x=1]"))
    journal.add(.init(optimizer: "b"))
    journal.add(.init(optimizer: "a[x=1]", seed: 2, evaluations: [50], losses: [0.5], total: 60))
    let export = try ExportFormat.coco.export(of: journal.runs())
    #expect(
      export.files.map(\.path).sorted() == [
        "a_x=1/bbobexp_f1.info", "a_x=1/data_f1/bbobexp_f1_DIM2.dat",
        "a_x=1/data_f1/bbobexp_f1_DIM2.tdat", "b/bbobexp_f1.info",
        "b/data_f1/bbobexp_f1_DIM2.dat", "b/data_f1/bbobexp_f1_DIM2.tdat",
      ])
    let info = try export.text("a_x=1/bbobexp_f1.info").split(separator: "\n")
    #expect(
      info[0]
        == "suite = 'bbob', funcId = 1, DIM = 2, Precision = 1e-08, algId = 'a[x=1]', "
        + "coco_version = '2.8'"
    )
    #expect(info[1].hasPrefix("%"))
    #expect(info[2] == "data_f1/bbobexp_f1_DIM2.dat, 1:120|1e-09, 2:60|0.5")
    let targets = try export.text("a_x=1/data_f1/bbobexp_f1_DIM2.dat").split(separator: "\n")
    #expect(targets.count { $0.hasPrefix("% function evaluation | ") } == 2)
    let rows = targets.filter { !$0.hasPrefix("%") }.map { $0.split(separator: " ") }
    #expect(rows.allSatisfy { $0.count == 5 })
    #expect(rows.map { $0[0] } == ["1", "3", "10", "100", "120", "1", "50", "60"])
    #expect(
      rows.map { $0[2] }
        == ["50.0", "2.0", "0.03", "1e-09", "1e-09", "10000000000.0", "0.5", "0.5"])
    let times = try export.text("a_x=1/data_f1/bbobexp_f1_DIM2.tdat").split(separator: "\n")
    let second = times.suffix(from: try #require(times.lastIndex { $0.hasPrefix("%") }) + 1)
    let evaluations = second.map { $0.prefix { $0 != " " } }
    #expect(evaluations.prefix(5) == ["1", "2", "3", "4", "5"])
    #expect(evaluations.suffix(4) == ["44", "50", "56", "60"])
    #expect(second.last == "60 0.5 0.5 0.5 0.5")
    #expect(times[1] == "1 50.0 50.0 50.0 50.0")
    #expect(export.notes.last?.contains("compare these archives with each other") == true)
  }

  @Test("An improvement that hits no other target has no line")
  func targets() throws {
    var journal = try JournalMaking()
    journal.add(.init(evaluations: [1, 2, 3], losses: [1.5, 1.4, 0.9], total: 3))
    let export = try ExportFormat.coco.export(of: journal.runs())
    let rows = try export.text("a/data_f1/bbobexp_f1_DIM2.dat").split(separator: "\n").dropFirst()
    #expect(rows.map { $0.prefix(2) } == ["1 ", "3 "])
  }

  @Test("Functions have the suite's numbers, and those that only share a name are left out")
  func functions() throws {
    var journal = try JournalMaking()
    journal.add(.init(dataset: "one", function: "rosenbrock"))
    journal.add(.init(dataset: "two", function: "rosenbrock", isRotated: true))
    journal.add(.init(dataset: "three", function: "rastrigin"))
    journal.add(.init(dataset: "four", isShifted: false))
    journal.add(.init(model: "mlp", dataset: "five", parameterCount: 9))
    journal.add(.init(dataset: "six", function: "rosenbrock", dimension: 65))
    let export = try ExportFormat.coco.export(of: journal.runs())
    let infos = export.files.map(\.path).filter { $0.hasSuffix(".info") }
    #expect(infos == ["a/bbobexp_f8.info", "a/bbobexp_f9.info"])
    for (problem, reason) in [
      ("direct on three", "'rastrigin' is not in the suite"), ("direct on four", "shifted=true"),
      ("mlp on five", "parameters are not the function's"), ("direct on six", "65 dimensions"),
    ] {
      #expect(export.notes.contains { $0.hasPrefix("\(problem) ") && $0.contains(reason) })
    }
  }

  @Test("A run that never had a finite loss is left out, as its readers would not end")
  func infinite() throws {
    var journal = try JournalMaking()
    journal.add(.init(evaluations: [], losses: []))
    journal.add(.init(seed: 2))
    let export = try ExportFormat.coco.export(of: journal.runs())
    #expect(export.notes.contains("1 runs without a finite loss are left out"))
    #expect(try export.text("a/bbobexp_f1.info").contains("dat, 1:120|1e-09\n"))
  }

  @Test("Without any such function they are refused")
  func refusal() throws {
    var journal = try JournalMaking()
    journal.add(.init(function: "ackley"))
    let error = #expect(throws: RunError.self) {
      try ExportFormat.coco.export(of: journal.runs())
    }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("'ackley' is not in the suite") == true)
    #expect(error?.message.contains("--format ioh") == true)
  }
}
