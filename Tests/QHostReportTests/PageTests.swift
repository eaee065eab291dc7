import Foundation
import FoundationXML
import QHostReport
import QHostComparing
import QHostRuntime
import Testing

@Suite("Pages of a report")
struct PageTests {
  static let nasty = ["adam[note=(<&\"'>)]", "ga[note=(_%$#{}~^\\|*)]"]

  static func nastyReport() throws -> ComparisonReport {
    let journal = try GeneratedJournal(optimizers: nasty, seeds: 2)
    for name in nasty {
      try journal.add(name, seed: 1, losses: [1, 0.5, 0.25], accuracy: 0.9)
      try journal.addFailure(name, seed: 2, message: "<script>alert('&')</script>")
    }
    try journal.write()
    return try ComparisonReport(JournalMerge([journal.path]))
  }

  /// Elements and texts of a page.
  final class Reader: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) { elements[name, default: 0] += 1 }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  static func read(_ page: String) throws -> Reader {
    let parser = XMLParser(data: Data(page.utf8))
    let reader = Reader()
    parser.delegate = reader
    let isRead = parser.parse()
    #expect(isRead, "line \(parser.lineNumber), column \(parser.columnNumber)")
    return reader
  }

  @Test("A page is well-formed and shows labels and messages as they are")
  func wellFormed() throws {
    let page = HTMLPage(try Self.nastyReport()).text
    let reader = try Self.read(page)
    for name in Self.nasty { #expect(reader.text.contains(name)) }
    #expect(reader.text.contains("<script>alert('&')</script>"))
    #expect(reader.elements["script"] == nil)
    #expect(reader.elements["html"] == 1)
  }

  @Test("A page fetches nothing, and loads itself again only when it is watched")
  func selfContained() throws {
    let report = try Self.nastyReport()
    let page = HTMLPage(report).text
    for word in ["http://", "https://", "src=", "@import", "url(", "http-equiv"] {
      #expect(!page.contains(word), "\(word)")
    }
    let watched = HTMLPage(report, reloadSeconds: 5).text
    #expect(watched.contains("<meta http-equiv=\"refresh\" content=\"5\"/>"))
    _ = try Self.read(watched)
  }

  @Test("No coordinate of a chart is outside of it, or no number")
  func geometry() throws {
    let page = HTMLPage(try ComparisonReportTests.report(ComparisonReportTests.journal())).text
    let numbers = page.matches(of: /(?: [dxy]|cx|cy|width|height)="([^"]*)"/)
    #expect(numbers.count > 100)
    for number in numbers { #expect(!number.output.1.contains("n"), "\(number.output.0)") }
    let places = page.matches(of: /<circle[^>]* cx="([0-9.]+)" cy="([0-9.]+)"/)
    // Three boxes of 8 and 7 runs.
    #expect(places.count == 45)
    for place in places {
      let x = try #require(Double("0\(place.output.1)"))
      #expect((0...241).contains(x))
    }
    let charts = page.matches(of: /<svg viewBox="0 0 241 [0-9.]+" role="img"/)
    #expect(charts.count == 9)
  }

  @Test("1,000 runs make less than a megabyte, with every problem, optimizer and run in it")
  func size() throws {
    let optimizers = (1...4).map { "o\($0)" }
    let datasets = (1...10).map { "d\($0)" }
    let journal = try GeneratedJournal(optimizers: optimizers, datasets: datasets, seeds: 25)
    for seed in 1...25 {
      for (place, dataset) in datasets.enumerated() {
        for (index, optimizer) in optimizers.enumerated() {
          let change = 5 * index + (seed * 7 + place) % 11
          let pace = 0.6 + Double(change) / 100
          let right = (seed * 31 + place * 7 + index * 13) % 50
          try journal.add(
            optimizer, on: dataset, seed: seed, losses: (0..<20).map { pow(pace, Double($0)) },
            accuracy: Double(right) / 50)
        }
      }
    }
    try journal.write()
    let report = try ComparisonReportTests.report(journal)
    #expect(report.extent.finished == 1000)
    let page = HTMLPage(report).text
    #expect(page.utf8.count < 1_000_000, "\(page.utf8.count)")
    let reader = try Self.read(page)
    #expect(reader.elements["circle"] == 3000)
    for dataset in datasets { #expect(reader.text.contains("mlp on \(dataset)")) }
  }

  @Test("Many problems have fewer charts each, and the page says so")
  func brevity() throws {
    let datasets = (1...21).map { "d\($0)" }
    let journal = try GeneratedJournal(optimizers: ["one", "two"], datasets: datasets, seeds: 1)
    for dataset in datasets {
      for optimizer in ["one", "two"] {
        try journal.add(optimizer, on: dataset, seed: 1, losses: [1, 0.5])
      }
    }
    try journal.write()
    let page = HTMLPage(try ComparisonReportTests.report(journal)).text
    #expect(
      page.contains("With more than 20 problems each has its charts against one measure only"))
    // Three of each problem, six of all.
    #expect(page.matches(of: /role="img"/).count == 3 * 21 + 6)
  }

  @Test("CSV has a row for each combination, with as many fields as the heading")
  func csv() throws {
    let lines = CSVPage(try ComparisonReportTests.report(ComparisonReportTests.journal())).text
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.count == 3)
    #expect(Set(lines.map(\.count)).count == 1)
    let place = try #require(lines[0].firstIndex(of: "metric_mean"))
    #expect(abs(try #require(Double(lines[1][place])) - 0.945) < 1e-12)
  }

  @Test("LaTeX has what it means escaped, and as many cells in a row as columns")
  func latex() throws {
    let text = LaTeXPage(try Self.nastyReport()).text
    #expect(text.contains("\\_\\%\\$\\#\\{\\}\\textasciitilde{}\\textasciicircum{}"))
    #expect(text.contains("\\toprule") && text.contains("\\bottomrule"))
    var width = 0
    for line in text.split(separator: "\n") {
      if let layout = line.firstMatch(of: /begin\{tabular\}\{(.+)\}$/) {
        width = layout.1.replacing(/p\{[0-9]+pt\}/, with: "p").count
      }
      guard line.hasSuffix("\\tabularnewline") else { continue }
      #expect(line.replacing("\\&", with: "").split(separator: "&").count == width, "\(line)")
    }
    #expect(width > 0)
  }

  @Test("LaTeX keeps its type: wide tables are split, and each part has a caption and a label")
  func splitting() throws {
    let names = (1...10).map { "optimizer-\($0)[learning_rate=0.00\($0),momentum=0.9]" }
    let text = LaTeXPage(try FigureTests.report(names)).text
    #expect(!text.contains("resizebox"))
    let labels = text.matches(of: /\\label\{(tab:[^}]*)\}/).map { String($0.output.1) }
    #expect(labels.contains("tab:mlp-on-iris-results"))
    #expect(labels.contains("tab:mlp-on-iris-results-2"))
    #expect(Set(labels).count == labels.count)
    #expect(text.matches(of: /\\caption\{/).count == labels.count)
    #expect(text.matches(of: /\\begin\{table\}/).count == labels.count)
    for reference in text.matches(of: /\\ref\{([^}]*)\}/) {
      #expect(labels.contains(String(reference.output.1)))
    }
    // 45 pairs are more than a page has room for.
    let pairs = text.split(separator: "\\begin{table}").filter { $0.contains("-pairs") }
    #expect(
      pairs.allSatisfy {
        $0.split(separator: "\n").count { $0.hasSuffix("\\tabularnewline") } <= 39
      })
  }

  @Test("What is said of profiles stands where profiles are drawn, of pairs where there are pairs")
  func captions() throws {
    for count in 2...3 {
      let datasets = (1...count).map { "d\($0)" }
      let journal = try GeneratedJournal(optimizers: ["one", "two"], datasets: datasets, seeds: 1)
      for dataset in datasets {
        try journal.add("one", on: dataset, seed: 1, losses: [1, 0.5])
        try journal.add("two", on: dataset, seed: 1, losses: [1, 0.6])
      }
      try journal.write()
      let page = HTMLPage(try ComparisonReportTests.report(journal)).text
      #expect(page.contains("In a profile a problem is solved when") == (count == 3))
      #expect(page.contains("Performance profile") == (count == 3))
      #expect(page.contains("<p>Pairs: Wilcoxon"))
    }
    let journal = try GeneratedJournal(optimizers: ["one"], seeds: 1)
    try journal.write()
    #expect(!HTMLPage(try ComparisonReportTests.report(journal)).text.contains("How to read this"))
  }

  @Test("What is the same by definition is shown once: passes of a scenario, its loss")
  func repetition() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 2)
    for seed in 1...2 {
      try journal.add("one", seed: seed, losses: [4, 2, 1.98], isScenario: true)
      try journal.add("two", seed: seed, losses: [4, 3, 2], isScenario: true)
    }
    try journal.write()
    let report = try ComparisonReportTests.report(journal)
    let page = HTMLPage(report).text
    #expect(page.contains("evaluations = passes"))
    #expect(!page.contains(">passes<"))
    #expect(!page.contains("best training loss, median"))
    #expect(page.matches(of: /role="img"/).count == 6)
    // Files have all, so that their names do not depend on what was found.
    #expect(FigureFiles(report).names.contains("mlp-on-iris-convergence-passes"))
    #expect(FigureFiles(report).names.contains("mlp-on-iris-runs-best-training-loss"))
    // The precision that is shown is shown of all.
    #expect(page.contains("<b>1.980</b>") && page.contains(">2.000<"))
  }

  @Test("A problem on which every run failed stands among all problems")
  func failedProblem() throws {
    let names = ["one", "two", "three"]
    let journal = try GeneratedJournal(optimizers: names, datasets: ["d", "e"], seeds: 1)
    for name in names {
      try journal.add(name, on: "d", seed: 1, losses: [1, 0.5])
      try journal.addFailure(name, on: "e", seed: 1, message: "it crashed; ask its author")
    }
    try journal.write()
    let page = MarkdownPage(try ComparisonReportTests.report(journal)).text
    #expect(page.contains("| optimizer | mlp on d: test accuracy | mlp on e |"))
    #expect(page.contains("| one | **90.0 %** | – |"))
  }

  @Test("A title names optimizers on the datasets where they have runs")
  func titles() throws {
    let journal = try GeneratedJournal(
      optimizers: ["one", "two[a=1]", "two[a=2]"], datasets: ["d", "e[f=1]", "e[f=2]"], seeds: 1,
      skipping: [("one", "e[f=1]"), ("one", "e[f=2]")])
    try journal.write()
    let page = MarkdownPage(try ComparisonReportTests.report(journal)).text
    #expect(page.hasPrefix("# two on d, e; one on d\n"))
  }

  @Test("Pairs with a baseline say so")
  func baseline() throws {
    let journal = try BaselineTests.journal()
    let merge = try JournalMerge([journal.path])
    let page = HTMLPage(try ComparisonReport(merge, baseline: "two")).text
    #expect(page.contains("Pairs with two, seed by seed"))
    #expect(page.contains("corrected by Holm for all pairs with two on a problem"))
  }

  @Test("Markdown has a table of as many cells in each row")
  func markdown() throws {
    let text = MarkdownPage(try Self.nastyReport()).text
    var width: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let count = line.replacing("\\|", with: "").split(separator: "|").count
      #expect(count == width ?? count, "\(line)")
      width = count
    }
    #expect(text.contains("\\<script\\>"))
  }

  @Test("All forms show the same figures")
  func agreement() throws {
    let report = try ComparisonReportTests.report(ComparisonReportTests.journal())
    for format in [ReportFormat.html, .markdown, .latex] {
      let text = format.text(of: report)
      for figure in ["94.5", "7 + 1 failed", "one is better than two"] {
        #expect(text.contains(figure), "\(format): \(figure)")
      }
    }
  }

  @Test("A form is told by the end of a file's name")
  func formats() {
    #expect(ReportFormat(fileName: "a.b/Report.HTML") == .html)
    #expect(ReportFormat(fileName: "table.tex") == .latex)
    #expect(ReportFormat(fileName: "README.md") == .markdown)
    #expect(ReportFormat(fileName: "table.csv") == .csv)
    #expect(ReportFormat(fileName: "table.xls") == nil)
  }
}
