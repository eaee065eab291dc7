import Foundation
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

  @Test("A column of times is no feature, and keeps the order: the last rows are tested")
  func time() throws {
    let text = "a,kind,t\n" + (0..<20).map { "\($0),\($0 * 7 % 3 / 2),\($0 / 2 + 100)\n" }.joined()
    let csv = try csv(
      text, ["time": .text("t"), "test_fraction": .real(0.2), "validation_fraction": .real(0.1)])
    let description = csv.datasetDescription
    #expect(description.featureNames == ["a"] && description.outputNames == ["0", "1"])
    #expect(description.rowCounts == [.train: 14, .validation: 2, .test: 4])
    let order = try Split.allCases.flatMap { try csv.samples($0).inputs.flatMap { $0 } }
    #expect(Set(order) == Set((0..<20).map { Float($0) }))
    #expect(try csv.samples(.train).inputs == (0..<14).map { [Float($0)] })
    #expect(try csv.samples(.test).inputs == (16..<20).map { [Float($0)] })
    let all = try self.csv(
      text, ["time": .text("t"), "rows": .choice("all", index: 1), "target": .text("kind")])
    #expect(all.datasetDescription.featureNames == ["a"])
    #expect(try all.samples(.train).inputs == (0..<20).map { [Float($0)] })
  }

  @Test("Times that repeat are told, with the first such line")
  func repeatedTimes() throws {
    let text = "t,a,kind\n1,2,0\n2,3,1\n2,4,0\n2,5,1\n3,6,0\n"
    _ = try csv(text, ["time": .text("t")])
    let note = try #require(folder.messages.first { $0.contains("repeats") })
    #expect(note.contains("line 4") && note.contains("the first of 2 such lines"))
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

  @Test("Bars and spaces separate where nothing else does")
  func barsAndSpaces() throws {
    for text in [
      "a|b|c\n1|2|0\n3|4|1\n5|6|0\n7|8|1\n", " a  b c\n1 2   0 \n3\t4 1\n5 6 0\n7 8 1\n",
    ] {
      #expect(try rows(csv(text)) == [[1, 2, 0], [3, 4, 1], [5, 6, 0], [7, 8, 1]])
    }
  }

  /// Tables that say the same, as programs and offices write them.
  static let forms = [
    "x,y,k\n-1.5,1000,a\n2.25,2000,b\n3,3500,a\n4.5,4000,b\n",
    "x;y;k\n-1,5;1.000;a\n2,25;2.000;b\n3;3.500;a\n4,5;4.000;b\n",
    "-1,5;1000;a\n2,25;2000;b\n3;3500;a\n4,5;4000;b\n",
    "x,y,k\n\u{2212}1.5,\"1,000\",a\n2.25,\"2,000\",b\n3,\"3,500\",a\n4.5,\"4,000\",b\n",
    "x,y,k\n(1.5),$1000,a\n2.25,$2000,b\n3,$3500,a\n4.5,$4000,b\n",
    "x\ty\tk\n-1.5\t1 000\ta\n2.25\t2\u{A0}000\tb\n3\t3'500\ta\n4.5\t4\u{202F}000\tb\n",
    "x,y,k\n-1.5%,1000 €,a\n2.25%,2000 €,b\n3 %,3500 €,a\n4.5 %,4000 €,b\n",
    "\u{FEFF}sep=;\r\nx;y;k\r\n-1.5;1000;a\r\n2.25;2000;b\r\n3;3500;a\r\n4.5;4000;b\r\n",
    "# by a logger\n#\n\nx,y,k\n-1.5,1000,a\n2.25,2000,b\n3,3500,a\n4.5,4000,b\n",
    "# x y k\n-1.5 1000 a\n2.25 2000 b\n3 3500 a\n4.5 4000 b\n",
    "x y k\n-1.5 $1,000 a\n2.25 $2,000 b\n3 $3,500 a\n4.5 $4,000 b\n",
    "x,y,k,\n-1.5,1000,a,\n2.25,2000,b,\n3,3500,a,\n4.5,4000,b,\n",
    "x,y,k\n-1.5,1000,a,\n2.25,2000,b,\n3,3500,a,\n4.5,4000,b,\n",
    "\"x\",\"y\",\"k\"\n\"-1.5\",\"1e3\",\"a\"\n\"2.25\",\"2e3\",\"b\"\n\"3\",\"3.5E3\",\"a\"\n\"4.5\",\"+4e3\",\"b\"\n",
  ]

  @Test("Numbers are read as R, pandas, spreadsheets and offices write them", arguments: forms)
  func localForms(_ text: String) throws {
    let expected: [[Float]] = [[-1.5, 1000, 0], [2.25, 2000, 1], [3, 3500, 0], [4.5, 4000, 1]]
    let csv = try csv(text)
    #expect(csv.datasetDescription.outputNames == ["a", "b"])
    #expect(try rows(csv) == expected)
  }

  @Test("A target with thousands separators is a number")
  func localTarget() throws {
    let lines = (0..<30).map { "\($0),\"\($0 + 1),500\"\n" }.joined()
    let csv = try csv("x,y\n" + lines)
    #expect(csv.datasetDescription.task == .regression)
    #expect(try rows(csv).map { $0[1] } == (0..<30).map { Float($0 + 1) * 1000 + 500 })
    let prices = try self.csv("x,y\n1,\"100,000\"\n2,\"200,000\"\n3,\"100,000\"\n4,\"200,000\"\n")
    #expect(prices.datasetDescription.task == .regression)
  }

  @Test("Latin-1 is read when told, and refused with line and column else")
  func encodings() throws {
    let lines = [
      "taille,sorte", "1,caf\u{E9}", "2,caf\u{E8}", "3,the", "4,caf\u{E9}", "5,caf\u{E8}", "6,the",
    ]
    let latin = lines.joined(separator: "\n").unicodeScalars.map { UInt8($0.value) }
    let path = try folder.write("latin.csv", latin)
    let read = try open(path, ["encoding": .choice("latin-1", index: 1)])
    #expect(read.datasetDescription.outputNames == ["caf\u{E8}", "caf\u{E9}", "the"].sorted())
    let refusal = failure { _ = try open(path) }
    #expect(
      refusal?.message.contains("line 2, column 'sorte'") == true, "\(refusal?.message ?? "")")
    #expect(refusal?.message.contains("encoding=latin-1") == true)
  }

  @Test("A column that counts or names the rows is remarked on, unless it is left out")
  func rowNumbers() throws {
    let classes = (1...9).map { ($0, $0 <= 4 ? "a" : "b") }
    let tables = [
      ("\"\",\"x\",\"k\"\n" + classes.map { "\"\($0)\",\($0 * 3 % 7),\"\($1)\"\n" }.joined(), 1),
      ("id,x,k\n" + classes.map { "\($0),\($0 * 3 % 7),\($1)\n" }.joined(), 1),
      (",x,k\n" + classes.map { "\($0 - 1),\($0 * 3 % 7),\($1)\n" }.joined(), 1),
      ("x k\n" + classes.map { "\($0) \($0 * 3 % 7) \($1)\n" }.joined(), 1),
      ("id,x,k\n" + classes.map { "\($0 * 2),\($0 * 3 % 7),\($1)\n" }.joined(), 0),
    ]
    for (text, count) in tables {
      let before = folder.messages.count
      _ = try csv(text)
      #expect(folder.messages.count == before + count, "\(text)")
      if count > 0 { #expect(folder.messages.last?.contains("ignore=1") == true) }
      _ = try csv(text, ["ignore": .text("1")])
      #expect(folder.messages.count == before + count)
    }
  }

  @Test("A home folder's sign in a path is understood")
  func homeFolder() throws {
    let home = String(cString: getenv("HOME"))
    let name = ".qhost-test-\(UUID().uuidString).csv"
    try Data("a,b\n1,0\n2,1\n3,0\n4,1\n".utf8).write(to: URL(fileURLWithPath: "\(home)/\(name)"))
    defer { try? FileManager.default.removeItem(atPath: "\(home)/\(name)") }
    #expect(try rows(open("~/\(name)")).count == 4)
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
