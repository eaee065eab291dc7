import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("CSV")
struct CSVTests {
  private let folder: DataFolder

  init() throws { folder = try DataFolder() }

  private func csv(
    _ text: String, _ changes: [String: ParameterValue] = [:], name: String = "table.csv"
  ) throws -> CSV {
    let path = try folder.write(name, Array(text.utf8))
    return try open(path, changes)
  }

  private func open(_ path: String, _ changes: [String: ParameterValue] = [:]) throws -> CSV {
    let values = changes.merging(["path": .text(path)]) { given, _ in given }
    return try CSV(request: request(for: CSV.descriptor, values, host: folder))
  }

  /// All rows by their first input.
  private func rows(_ csv: CSV) throws -> [[Float]] {
    let samples = try Split.allCases.map { try csv.samples($0) }
    return samples.flatMap { zip($0.inputs, $0.targets).map { $0 + [$1] } }.sorted { $0[0] < $1[0] }
  }

  @Test("A table with a header is read, the last column as classes in order")
  func plain() throws {
    let csv = try csv("a,b,kind\n1,0.5,x\n2,-1e3,y\n3,7,y\n4,8,x\n")
    let description = csv.datasetDescription
    #expect(description.task == .classification && description.scaling == .standardize)
    #expect(description.featureNames == ["a", "b"])
    #expect(description.outputNames == ["x", "y"])
    #expect(description.rowCounts == [.train: 3, .validation: 0, .test: 1])
    #expect(try rows(csv) == [[1, 0.5, 0], [2, -1000, 1], [3, 7, 1], [4, 8, 0]])
  }

  @Test("Quotes, CRLF, a byte order mark, blank lines and spaces are understood")
  func quoting() throws {
    let text =
      "\u{FEFF}\"x, first\",\"say \"\"x\"\"\",\"two\r\nlines\"\r\n1, 2 ,0\r\n\r\n\"3\",4,1\r\n5,6,0\r\n7,8,1"
    let csv = try csv(text)
    #expect(csv.datasetDescription.featureNames == ["x, first", "say \"x\""])
    #expect(try rows(csv) == [[1, 2, 0], [3, 4, 1], [5, 6, 0], [7, 8, 1]])
  }

  @Test("The delimiter is found, or taken as told", arguments: [",", ";", "\t"])
  func delimiters(_ delimiter: String) throws {
    let text = "a,b,c\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n".replacing(",", with: delimiter)
    let names = [",": "comma", ";": "semicolon", "\t": "tab"]
    let told = ParameterValue.choice(names[delimiter]!, index: 0)
    for changes in [[:], ["delimiter": told]] {
      #expect(try rows(csv(text, changes)) == [[1, 2, 0], [3, 4, 1], [5, 6, 0], [7, 8, 1]])
    }
  }

  @Test("Commas within fields do not hide semicolons")
  func ambiguousDelimiter() throws {
    let csv = try csv("a;b, or c;d\n1;2;0\n3;4;1\n5;6;0\n7;8;1\n")
    #expect(csv.datasetDescription.featureNames == ["a", "b, or c"])
  }

  @Test("Without a header columns are numbered")
  func noHeader() throws {
    let csv = try csv("1,2,0\n1,4,1\n5,6,0\n5,8,1\n", ["target": .text("1"), "ignore": .text("3")])
    #expect(csv.datasetDescription.featureNames == ["column2"])
    #expect(csv.datasetDescription.outputNames == ["1", "5"])
    #expect(try rows(csv) == [[2, 0], [4, 0], [6, 1], [8, 1]])
  }

  @Test("A header of numbers, and a first row of texts, are taken as told")
  func toldHeader() throws {
    let text = "1,2,3\n10,20,0\n30,40,1\n50,60,0\n70,80,1\n"
    let yes = try csv(text, ["header": .choice("yes", index: 1)])
    #expect(yes.datasetDescription.featureNames == ["1", "2"])
    #expect(try rows(yes).count == 4)
    let words = "red,a\nblue,b\nred,a\nblue,b\n"
    let no = try csv(words, ["header": .choice("no", index: 2)])
    #expect(try rows(no).count == 4)
    #expect(no.datasetDescription.featureNames == ["column1=blue", "column1=red"])
  }

  @Test("A target is found by name and by number, columns are left out by both")
  func columns() throws {
    let text = "id,kind,a,b\n1,u,2,3\n2,v,4,5\n3,u,6,7\n4,v,8,9\n"
    let changes: [String: ParameterValue] = [
      "target": .text("kind"), "ignore": .text("id, 4"),
    ]
    let csv = try csv(text, changes)
    #expect(csv.datasetDescription.featureNames == ["a"])
    #expect(try rows(csv) == [[2, 0], [4, 1], [6, 0], [8, 1]])
    let byNumber = try self.csv(text, ["target": .text("2"), "ignore": .text("1,b")])
    #expect(try rows(byNumber) == rows(csv))
  }

  @Test("Texts of few kinds become features of 0 and 1")
  func oneHot() throws {
    let csv = try csv("colour,size,y\nred,1,0\nblue,2,1\nred,3,0\ngreen,4,1\n")
    #expect(
      csv.datasetDescription.featureNames
        == ["colour=blue", "colour=green", "colour=red", "size"])
    let found = try rows(csv).map { $0.map(String.init(describing:)).joined(separator: " ") }
    #expect(
      Set(found) == [
        "0.0 0.0 1.0 1.0 0.0", "1.0 0.0 0.0 2.0 1.0", "0.0 0.0 1.0 3.0 0.0",
        "0.0 1.0 0.0 4.0 1.0",
      ])
  }

  @Test("Whole targets of few values are classes in numerical order, others are numbers")
  func tasks() throws {
    let classes = "x,y\n" + (0..<40).map { "\($0),\($0 % 20 + 1)\n" }.joined()
    let asClasses = try csv(classes).datasetDescription
    #expect(asClasses.task == .classification)
    #expect(asClasses.outputNames == (1...20).map(String.init))
    let numbers = "x,y\n" + (0..<42).map { "\($0),\($0 % 21)\n" }.joined()
    let asNumbers = try csv(numbers).datasetDescription
    #expect(asNumbers.task == .regression && asNumbers.output == Shape([1]))
    #expect(asNumbers.targetWidth == 1 && asNumbers.outputNames == ["y"])
    let fractions = "x,y\n" + (0..<10).map { "\($0),\(Double($0) / 4)\n" }.joined()
    #expect(try csv(fractions).datasetDescription.task == .regression)
    let told = try csv(classes, ["task": .choice("regression", index: 2)])
    #expect(told.datasetDescription.task == .regression)
    #expect(told.datasetDescription.rowCounts == [.train: 32, .validation: 0, .test: 8])
  }

  @Test("Packed files are read")
  func packed() throws {
    let path = try folder.write("t.csv.gz", gzip(Array("a,b\n1,0\n2,1\n3,0\n4,1\n".utf8)))
    #expect(try rows(open(path)) == [[1, 0], [2, 1], [3, 0], [4, 1]])
  }

  @Test("A file of the data folders is found by its name there")
  func dataFolder() throws {
    try folder.write("mine/t.csv", Array("a,b\n1,0\n2,1\n3,0\n4,1\n".utf8))
    #expect(try rows(open("mine/t.csv")).count == 4)
  }

  @Test("Splits are stratified and do not change with the run")
  func splits() throws {
    let text = "x,y\n" + (0..<100).map { "\($0),\($0 < 80 ? "a" : "b")\n" }.joined()
    let csv = try csv(text, ["test_fraction": .real(0.25), "validation_fraction": .real(0.1)])
    #expect(csv.datasetDescription.rowCounts == [.train: 65, .validation: 10, .test: 25])
    #expect(try csv.samples(.test).targets.count { $0 == 1 } == 5)
    #expect(try csv.samples(.validation).targets.count { $0 == 1 } == 2)
    #expect(try rows(csv).map { $0[0] } == (0..<100).map { Float($0) })
  }
}
