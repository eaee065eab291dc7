import Foundation
import Testing

@Suite("A report of several comparisons")
struct ReportUnionTests {
  private func compare(_ program: Program, _ words: String) throws {
    let result = try program.run(
      ["compare", "--seeds", "2", "--quiet"] + words.split(separator: " ").map(String.init))
    #expect(result.code == 0, "\(result.error)")
  }

  @Test("has the problems of all, and unites the optimizers of those that are the same")
  func union() throws {
    let program = try Program()
    try compare(program, "-o ga -m mlp[hidden=4],logistic --max-evals 60 --output a")
    try compare(program, "-o sa,random -m logistic --max-evals 60 --output b")
    try compare(program, "-o ga -m direct -d functions --max-evals 90 --output c")
    let report = try program.run("report", "a", "b", "c", "--json").json()
    let problems = try #require(report["problems"] as? [[String: Any]])
    #expect(problems.map { $0["model"] as? String } == ["mlp[hidden=4]", "logistic", "direct"])
    let names = problems.map { problem in
      (problem["combinations"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
    }
    #expect(names == [["ga"], ["ga", "sa", "random"], ["ga"]])
    #expect((report["extent"] as? [String: Any])?["finished"] as? Int == 10)
    let page = try program.run("report", "a", "b", "c")
    #expect(page.output == "a/report.html\n")
  }

  @Test(
    "is refused when a problem of one name has another budget or other rows, unless they have names"
  )
  func differences() throws {
    let program = try Program()
    try compare(program, "-o ga --max-evals 60 --output a")
    try compare(program, "-o sa --max-evals 70 --output b")
    try compare(program, "-o sa --set dataset.test_fraction=0.5 --max-evals 60 --output c")
    expectRefusal(
      try program.run("report", "a", "b"), code: 2, "'mlp on iris' is not the same problem",
      "max-evals is 60 in 'a/journal.jsonl', 70 in 'b/journal.jsonl'",
      "qhost report one=FOLDER two=FOLDER")
    expectRefusal(
      try program.run("report", "a", "c"), code: 2, "the SHA-256 of the rows is",
      "dataset.test_fraction is not set in 'a/journal.jsonl', 0.5 in 'c/journal.jsonl'")
    let named = try program.run("report", "new=a", "old=b", "--json").json()
    let problems = try #require(named["problems"] as? [[String: Any]])
    #expect(problems.map { $0["dataset"] as? String } == ["new: iris", "old: iris"])
  }

  @Test("compares two builds or settings of one optimizer by their names")
  func names() throws {
    let program = try Program()
    try compare(program, "-o ga,random --max-evals 60 --output a")
    try compare(program, "-o ga --set optimizer.population=9 --max-evals 60 --output b=c")
    let named = try program.run("report", "new=a", "old=b=c", "--json")
    let problem = try #require((try named.json()["problems"] as? [[String: Any]])?.first)
    let names = (problem["combinations"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(names == ["new: ga", "new: random", "old: ga"])
    #expect((problem["pairs"] as? [Any])?.count == 3)
    // A folder that is there is no name.
    #expect(try program.run("report", "b=c", "--format", "csv").output.contains(",ga,"))
    expectRefusal(
      try program.run("report", "a", "b=c"), code: 2, "'ga' is not the same in both journals",
      "optimizer.population is not set in 'a/journal.jsonl', 9 in 'b=c/journal.jsonl'")
  }
}
