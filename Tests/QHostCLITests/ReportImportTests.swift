import Foundation
import Testing

/// Others' results beside a comparison.
@Suite("--import")
struct ReportImportTests {
  private static let problem = "direct on functions[dimension=2,function=sphere]"

  private func comparison() throws -> Program {
    let program = try Program()
    for (names, seeds, folder) in [("ga,sa", "4", "out"), ("random", "4", "theirs")] {
      let result = try program.run(
        "compare", "-o", names, "-m", "direct", "-d", "functions[function=sphere,dimension=2]",
        "--seeds", seeds, "--max-evals", "200", "--quiet", "--output", folder)
      #expect(result.code == 0, "\(result.error)")
    }
    return program
  }

  /// The combinations of the first problem by name.
  private func rows(_ result: Program.Result) throws -> [String: [String: Any]] {
    #expect(result.code == 0, "\(result.error)")
    let problems = try #require(try result.json()["problems"] as? [[String: Any]])
    let rows = try #require(problems.first?["combinations"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: try rows.map { (try #require($0["name"] as? String), $0) })
  }

  /// A figure of each run.
  private func values(_ row: [String: Any]?, _ figure: String) throws -> [Double] {
    try #require(row?["runs"] as? [[String: Any]]).compactMap { $0[figure] as? Double }
  }

  private func median(_ row: [String: Any]?, _ figure: String) -> Double? {
    (row?[figure] as? [String: Any])?["median"] as? Double
  }

  @Test(
    "Archives of COCO and IOHprofiler give the runs that they were made of",
    arguments: ["coco", "ioh"])
  func archives(_ format: String) throws {
    let program = try comparison()
    let exported = try program.run("export", "theirs", "--format", format, "--output", "x")
    #expect(exported.code == 0, "\(exported.error)")
    let own = try rows(try program.run("report", "theirs", "--json"))["random"]
    let rows = try rows(try program.run("report", "out", "--import", "paper=x", "--json"))
    #expect(Set(rows.keys) == ["ga", "sa", "paper (imported)"])
    let row = rows["paper (imported)"]
    #expect(row?["is_imported"] as? Bool == true)
    #expect(rows["ga"]?["is_imported"] as? Bool == false)
    #expect(row?["run_count"] as? Int == 4)
    // The last row of IOHprofiler's has the next smaller number where a run did not improve to its end, as its readers leave out
    // one that is the same.
    for figure in ["metric", "best_loss"] {
      let theirs = try values(row, figure)
      let ours = try values(own, figure)
      #expect(theirs.count == 4 && ours.count == 4)
      for (one, other) in zip(theirs, ours) {
        // Foundation reads numbers of JSON to an ulp or two.
        #expect(abs(one - other) <= (format == "coco" ? 0 : 4 * other.ulp))
      }
    }
    #expect(median(row, "evaluations") == 200)
    // What they took is not known, and not 0.
    #expect(row?["seconds"] == nil && row?["cpu_seconds"] == nil)
    let anytime = try #require(row?["anytime"] as? [String: Any])
    #expect(anytime["evaluations"] is [String: Any])
    #expect(!(anytime["processor_seconds"] is [String: Any]))
    let named = try self.rows(try program.run("report", "out", "--import", "x", "--json"))
    #expect(named["random (imported)"] != nil, "\(named.keys)")
  }

  @Test(
    "An archive in COCO's earlier form is read, and what it has beside the comparison's functions left out"
  )
  func published() throws {
    let program = try comparison()
    let head =
      "% function evaluation | noise-free fitness - Fopt (7.9e+01) | best noise-free fitness - Fopt\n"
    _ = try program.write(
      "funcId = 1, DIM = 2, Precision = 1.000e-08, algId = 'BIPOP-CMA-ES'\n% defaults\n"
        + "data_f1\\a.dat, 1:246|-9.9e-09, 2:150|-1.4e-09\n"
        + "funcId = 1, DIM = 3, Precision = 1.000e-08, algId = 'BIPOP-CMA-ES'\n% defaults\ndata_f1/b.dat, 1:9|1e-2\n",
      to: "x/bbobexp_f1.info")
    _ = try program.write(
      head
        + "1 +1.084e+01 +1.084e+01 +9.0e+01\n2 +1.5e+01 +1.084e+01 +9.4e+01\n246 -9.9e-09 -9.9e-09 +7.9e+01\n"
        + head + "1 +2.0e+01 +2.0e+01 +9.0e+01\n150 -1.4e-09 -1.4e-09 +7.9e+01\n",
      to: "x/data_f1/a.dat")
    _ = try program.write(head + "1 +1.0e+01 +1.0e-02 +9.0e+01\n", to: "x/data_f1/b.dat")
    let result = try program.run("report", "out", "--import", "x", "--json")
    let row = try rows(result)["BIPOP-CMA-ES (imported)"]
    #expect(row?["run_count"] as? Int == 2)
    #expect(median(row, "evaluations") == 198)
    #expect(abs((median(row, "best_loss") ?? 0) + 5.65e-9) < 1e-20)
    let warnings = try #require(try result.json()["warnings"] as? [[String: Any]])
    let texts = warnings.compactMap { $0["text"] as? String }
    #expect(
      texts.contains { $0.contains("left out, as not in this comparison: 1 problem") }, "\(texts)")
    #expect(texts.contains { $0.contains("other instances and bounds here") }, "\(texts)")
    #expect(texts.contains { $0.contains("spent more than the budget") }, "\(texts)")
  }

  @Test("A CSV stands in table, page and warnings, marked as imported")
  func csv() throws {
    let program = try comparison()
    _ = try program.write(
      "problem,seed,evaluations,loss,algorithm\n"
        + "\"\(Self.problem)\",1,10,4.5,theirs\n\"\(Self.problem)\",1,150,0.25,theirs\n"
        + "\"\(Self.problem)\",2,90,0.75,theirs\n",
      to: "paper.csv")
    let row = try rows(try program.run("report", "out", "--import", "paper.csv", "--json"))[
      "theirs (imported)"]
    #expect(row?["run_count"] as? Int == 2)
    #expect(median(row, "best_loss") == 0.5)
    #expect(median(row, "evaluations") == 120)
    let report = try program.run("report", "out", "--import", "paper.csv", "--format", "markdown")
    #expect(report.output.contains("| theirs (imported) |"), "\(report.output.prefix(3000))")
    #expect(report.output.contains("2 runs by others, from 'paper.csv' (CSV)"))
    let page = try program.run("report", "out", "--import", "paper.csv", "--output", "page.html")
    #expect(page.code == 0, "\(page.error)")
    let html = try String(contentsOfFile: program.folder + "/page.html", encoding: .utf8)
    #expect(html.contains("theirs (imported)"))
    let table = try program.run(
      "compare", "--resume", "--output", "out", "--import", "paper.csv")
    #expect(table.code == 0, "\(table.error)")
    #expect(table.output.contains("theirs (imported)"), "\(table.output)")
    let own = try String(contentsOfFile: program.folder + "/out/report.html", encoding: .utf8)
    #expect(own.contains("theirs (imported)"))
    // The journal is of what was done here.
    #expect(!journalText(program, "out").contains("imported"))
  }

  private func journalText(_ program: Program, _ folder: String) -> String {
    (try? String(contentsOfFile: "\(program.folder)/\(folder)/journal.jsonl", encoding: .utf8))
      ?? ""
  }

  @Test("Where runs are compared by an accuracy, those that have none have no rank by it")
  func otherFigure() throws {
    let program = try Program()
    _ = try program.run(
      "compare", "-o", "ga,sa", "-d", "iris", "--seeds", "3", "--max-evals", "100", "--quiet",
      "--output", "out")
    _ = try program.write(
      "problem,seed,evaluations,loss\niris,1,50,0.5\niris,2,50,0.25\niris,3,60,0.125\n", to: "a.csv"
    )
    let result = try program.run("report", "out", "--import", "a.csv", "--json")
    let row = try rows(result)["a (imported)"]
    #expect(row?["run_count"] as? Int == 3)
    #expect(row?["metric"] == nil)
    #expect(median(row, "best_loss") == 0.25)
    let problems = try #require(try result.json()["problems"] as? [[String: Any]])
    let pairs = try #require(problems.first?["pairs"] as? [[String: Any]])
    #expect(
      !pairs.contains { "\($0)".contains("imported") && $0["probability"] != nil }, "\(pairs)")
    let byLoss = try rows(
      try program.run("report", "out", "--import", "a.csv", "--metric", "train loss", "--json"))
    #expect(median(byLoss["a (imported)"], "metric") == 0.25)
  }

  @Test(
    "Bad files are named by their line",
    arguments: [
      ("problem,seed,evaluations\nx,1,2\n", "no column 'loss'"),
      (
        "problem,seed,evaluations,loss\nP,1,10,0.5\nP,1,9,0.25\n",
        "line 3: evaluations 9 do not come after 10"
      ),
      ("problem,seed,evaluations,loss\nP,1,10,0.5\nP,one,9,0.25\n", "line 3: seed 'one'"),
      ("problem,seed,evaluations,loss\nP,1,-10,0.5\n", "line 2: evaluations '-10'"),
      ("problem,seed,evaluations,loss\nP,1,10,0.5\nP,2,9,much\n", "line 3: loss 'much'"),
      (
        "problem,seed,evaluations,loss\nP,1,10,0.5\nelsewhere,2,9,1\n",
        "line 3: the comparison has no problem 'elsewhere'"
      ),
    ])
  func badCSV(_ text: String, _ words: String) throws {
    let program = try comparison()
    _ = try program.write(text.replacing("P,", with: "functions,"), to: "bad.csv")
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "bad.csv"), code: 5, "bad.csv", words)
  }

  @Test("Damaged archives are named by their line")
  func badArchives() throws {
    let program = try comparison()
    for format in ["coco", "ioh"] {
      _ = try program.run("export", "theirs", "--format", format, "--output", format)
    }
    let dat = "coco/random/data_f1/bbobexp_f1_DIM2.dat"
    let text = try String(contentsOfFile: program.folder + "/" + dat, encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[1] = "1 two three"
    _ = try program.write(lines.joined(separator: "\n"), to: dat)
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "coco"), code: 5, "\(dat)' line 2")
    _ = try program.write(
      String(text.prefix(upTo: try #require(text.lastIndex(of: "%")))), to: dat)
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "coco"), code: 5,
      "bbobexp_f1.info' line 3",
      "names 4 runs", "has 3")
    try FileManager.default.removeItem(atPath: program.folder + "/" + dat)
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "coco"), code: 5, "there is no", dat)
    _ = try program.shell("for f in ioh/random/data_*/*.dat; do sed -i '3s/.*/7 nothing/' $f; done")
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "ioh"), code: 5, ".dat' line 3")
    _ = try program.shell("mkdir none; for f in ioh/random/*.json; do echo '{' > $f; done")
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "ioh"), code: 5,
      "not a description of IOHprofiler")
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "none"), code: 5, "neither .info")
    expectRefusal(
      try program.run("report", "out", "--json", "--import", "absent"), code: 5, "no 'absent'")
  }
}
