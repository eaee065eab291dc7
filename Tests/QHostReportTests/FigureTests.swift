import Foundation
import FoundationXML
import QHostReport
import Testing

@Suite("Figures of a report, each by itself")
struct FigureTests {
  /// What a figure's file has, as an XML parser sees it.
  final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var texts: [String] = []

    init(_ svg: String) throws {
      super.init()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = self
      let isRead = parser.parse()
      #expect(isRead, "line \(parser.lineNumber), column \(parser.columnNumber)")
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append((name, attributes))
      if name != "tspan" { texts.append("") }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      texts[texts.count - 1] += string
    }
  }

  /// Three problems, so that there are profiles.
  static func report(_ optimizers: [String] = ["one", "two"]) throws -> ComparisonReport {
    let datasets = ["iris", "digits", "csv[path=a.csv]"]
    let journal = try GeneratedJournal(optimizers: optimizers, datasets: datasets, seeds: 3)
    for seed in 1...3 {
      for dataset in datasets {
        for (place, name) in optimizers.enumerated() {
          try journal.add(
            name, on: dataset, seed: seed, losses: [2, 1, 0.5 / Double(place + 1)],
            accuracy: 0.8 + 0.01 * Double(seed + place))
        }
      }
    }
    try journal.write()
    return try ComparisonReportTests.report(journal)
  }

  @Test("Names are those of files, tell what is shown, and are the same for the same labels")
  func names() throws {
    let names = FigureFiles(try Self.report()).names
    for name in [
      "all-problems-profile-passes", "all-problems-targets-evaluations",
      "mlp-on-iris-convergence-processor-seconds", "mlp-on-digits-targets-passes",
      "mlp-on-iris-runs-test-accuracy", "mlp-on-csv-path-a.csv-runs-best-training-loss",
    ] { #expect(names.contains(name), "\(name)") }
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.allSatisfy { $0.isLowercase || $0.isNumber || "-_.".contains($0) }, "\(name)")
    }
  }

  @Test("A figure is meant by its name, or by an end that no other has")
  func meaning() throws {
    let files = FigureFiles(try Self.report())
    #expect(files.names(meant: "mlp-on-iris-convergence-passes").count == 1)
    #expect(files.names(meant: "Profile passes") == ["all-problems-profile-passes"])
    #expect(files.names(meant: "iris-convergence-passes") == ["mlp-on-iris-convergence-passes"])
    #expect(files.names(meant: "convergence-passes").count == 3)
    #expect(files.names(meant: "nothing").isEmpty)
    #expect(files.names(meant: "").isEmpty)
  }

  @Test("A long name is cut, and what is cut off still tells it from others")
  func longNames() throws {
    let long = (1...2).map { "csv[path=\(String(repeating: "x", count: 200))\($0)]" }
    let journal = try GeneratedJournal(optimizers: ["one"], datasets: long, seeds: 1)
    for dataset in long { try journal.add("one", on: dataset, seed: 1, losses: [1, 0.5]) }
    try journal.write()
    let names = FigureFiles(try ComparisonReportTests.report(journal)).names
    #expect(names.allSatisfy { $0.count <= 152 })
    #expect(Set(names).count == names.count)
  }

  @Test("A file needs nothing else: its own colours, its own legend, its size on paper")
  func standalone() throws {
    let names = ["one", "two[rate=0.5,note=(<&>)]"]
    let files = FigureFiles(try Self.report(names))
    for name in files.names {
      let svg = try #require(files.svg(name))
      let reader = try Reader(svg)
      for word in ["class=", "var(", "<style", "href", "url("] {
        #expect(!svg.contains(word), "\(name): \(word)")
      }
      #expect(reader.elements.first?.name == "svg")
      #expect(reader.elements.first?.attributes["width"] == "85mm")
      let text = reader.texts.joined(separator: " ")
      for label in names { #expect(text.replacing(" ", with: "").contains(label), "\(name)") }
      let numbers = svg.matches(of: /(?: [dxy]|cx|cy)="([^"]*)"/)
      for number in numbers { #expect(!number.output.1.contains("n"), "\(number.output.0)") }
    }
  }

  @Test("Axes say what is measured in which unit; a title is written when it is asked for")
  func titles() throws {
    let files = FigureFiles(try Self.report())
    let name = "mlp-on-iris-convergence-processor-seconds"
    let plain = try Reader(try #require(files.svg(name)))
    #expect(plain.texts.contains("processor seconds") && plain.texts.contains("cross-entropy"))
    #expect(!plain.texts.contains("Best training loss"))
    let titled = try Reader(try #require(files.svg(name, showsTitle: true)))
    #expect(titled.texts.contains("Best training loss"))
    #expect(plain.texts.contains { $0.hasPrefix("Best training loss so far on mlp on iris") })
    #expect(files.svg("nothing") == nil)
  }

  @Test("Names of boxes stand beside them, or between the lines of the grid, never on these")
  func boxLabels() throws {
    let long = "two[rate=0.5,decay=0.25,momentum=0.75,warm_up=100]"
    for names in [["one", "two"], ["one", long]] {
      let files = FigureFiles(try Self.report(names))
      let svg = try #require(files.svg("mlp-on-iris-runs-test-accuracy"))
      let grid = svg.matches(of: /stroke="#dddddd"[^>]* d="([^"]*)"/).map(\.output.1).joined()
      let lines = grid.matches(of: /M([0-9.]+) ([0-9.]+)V([0-9.]+)/).compactMap { line in
        [line.output.1, line.output.2, line.output.3].map { Double("0\($0)") ?? .nan }
      }
      #expect(!lines.isEmpty)
      for text in svg.matches(of: /<text font-size="8"( [^>]*)? x="([0-9.]+)" y="([0-9.]+)">one</) {
        let x = try #require(Double("0\(text.output.2)"))
        let y = try #require(Double("0\(text.output.3)"))
        let isBeside = text.output.1?.contains("end") == true && lines.allSatisfy { $0[0] > x }
        let isBetween = lines.allSatisfy { y < $0[1] || y - 6 > $0[2] }
        #expect(isBeside || isBetween)
      }
    }
  }

  @Test("Ten combinations have ten different lines in a legend")
  func legends() throws {
    let names = (1...10).map { "o\($0)" }
    let svg = try #require(
      FigureFiles(try Self.report(names)).svg("mlp-on-iris-convergence-passes"))
    let keys = svg.matches(of: /<path ([^>]*) d="M[0-9.]+ [0-9.]+h20"\/>/).map(\.output.1)
    #expect(keys.count == 10)
    // Some share a colour; none shares colour and dashes.
    #expect(Set(keys).count == 10)
  }
}
