import Foundation
import QHostComparing
import QHostInterfaces
import QHostReport
import QHostRuntime
import Testing

@Suite("A report by a metric")
struct MetricReportTests {
  /// `one` has the lower gap, `two` the higher score and accuracy, `between` is between.
  private func journal(
    datasets: [String] = ["d"], metric: String? = nil, isDescribed: Bool = true
  ) throws -> GeneratedJournal {
    let shifts = [("one", 0.0), ("two", 1.0)] + (datasets.count > 1 ? [("between", 0.5)] : [])
    let journal = try GeneratedJournal(
      optimizers: shifts.map(\.0), datasets: datasets, seeds: 8, metric: metric)
    for dataset in datasets {
      for seed in 1...8 {
        for (name, shift) in shifts {
          var run = GeneratedRun(losses: [2, 1 - 0.1 * shift], accuracy: 0.5 + 0.25 * shift)
          run.metrics["gap"] = 0.5 + shift + 0.01 * Double(seed)
          run.metrics["score"] = 100 + 10 * shift + 0.1 * Double(seed)
          run.metrics["level"] = Double(seed)
          if isDescribed {
            run.descriptions = [
              "gap": ["direction": "lower", "unit": "K", "component": "dataset"],
              "score": ["direction": "higher", "component": "model"],
              "level": ["direction": "neutral", "component": "dataset"],
            ]
          }
          try journal.add(name, on: dataset, seed: seed, run)
        }
      }
    }
    try journal.write()
    return journal
  }

  private func report(_ journal: GeneratedJournal, _ metric: String?) throws -> ComparisonReport {
    try ComparisonReport(JournalMerge([journal.path]), metric: metric)
  }

  @Test("is by accuracy or loss, unless a metric is named")
  func standard() throws {
    let problem = try #require(try report(journal(), nil).problems.first)
    #expect(problem.metric == "test accuracy")
    #expect(problem.isMoreBetter && problem.isPart && problem.unit == nil)
    #expect(problem.pairs.first?.reading.hasPrefix("two is better than one") == true)
  }

  @Test(
    "finds better what the metric's direction says, in every table",
    arguments: [
      ("gap", "test gap", false, "one"), ("score", "test score", true, "two"),
      ("test gap", "test gap", false, "one"), ("loss", "test loss", false, "two"),
      ("accuracy", "test accuracy", true, "two"),
    ])
  func direction(choice: String, name: String, isMoreBetter: Bool, winner: String) throws {
    let report = try report(journal(), choice)
    let problem = try #require(report.problems.first)
    #expect(problem.metric == name)
    #expect(problem.isMoreBetter == isMoreBetter)
    #expect(problem.isPart == (choice == "accuracy"))
    let loser = winner == "one" ? "two" : "one"
    let reading = try #require(problem.pairs.first?.reading)
    #expect(reading.hasPrefix("\(winner) is better than \(loser)"), "\(reading)")
    let page = MarkdownPage(report).text
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| \(winner) |") }
    #expect(rows.first?.contains("**") == true, "\(page)")
    let others = page.split(separator: "\n").filter { $0.hasPrefix("| \(loser) |") }
    #expect(others.first?.split(separator: "|")[3].contains("**") == false, "\(page)")
  }

  @Test("ranks over problems by the metric's direction")
  func ranks() throws {
    func meanRanks(_ metric: String) throws -> [Double?] {
      let report = try report(journal(datasets: (0..<10).map { "d\($0)" }), metric)
      return try #require(report.overall).entries.map(\.meanRank)
    }
    #expect(try meanRanks("gap") == [1, 3, 2])
    #expect(try meanRanks("score") == [3, 1, 2])
  }

  @Test("names the unit and which values are better in tables, charts and CSV")
  func unit() throws {
    let report = try report(journal(), "gap")
    let markdown = MarkdownPage(report).text
    #expect(markdown.contains("mean test gap (K)"))
    #expect(markdown.contains("Of the test gap (K), of which less is better."))
    #expect(HTMLPage(report).text.contains("Every run: test gap: test gap (K)"))
    let lines = CSVPage(report).text.split(separator: "\n").map { $0.split(separator: ",") }
    let names = try #require(lines.first)
    let place = try #require(names.firstIndex(of: "metric"))
    let row = lines[1]
    #expect(row.contains("test gap") && row.contains("K"))
    #expect(names[place + 1] == "metric_unit")
  }

  @Test("is by the plan's metric, unless another one is named")
  func plan() throws {
    let journal = try journal(metric: "score")
    #expect(try report(journal, nil).problems.first?.metric == "test score")
    #expect(try report(journal, "gap").problems.first?.metric == "test gap")
  }

  @Test(
    "refuses what nothing can be ranked by",
    arguments: [
      ("gpa", "no run has the figure 'gpa'; did you mean 'gap'?"),
      ("train gap", "no run has the figure 'train gap'"),
      ("level", "'level' is neutral: neither less nor more of it is better"),
      ("", "no run has the figure ''"),
    ])
  func refusals(choice: String, words: String) throws {
    let journal = try journal()
    let error = try #require(throws: RunError.self) { try report(journal, choice) }
    #expect(error.kind == .usage)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test("takes a figure that a journal of earlier versions does not describe for a neutral one")
  func undescribed() throws {
    let journal = try journal(isDescribed: false)
    let error = try #require(throws: RunError.self) { try report(journal, "gap") }
    #expect(error.message.contains("'gap' is neutral"), "\(error.message)")
    #expect(try report(journal, "loss").problems.first?.metric == "test loss")
  }
}
