import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("CSV files that cannot be used")
struct CSVErrorTests {
  /// A text, what is set, and what the message must say.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    var changes: [String: ParameterValue] = [:]
    var kind = ComponentError.Kind.data
    let expected: [String]

    init(
      _ testDescription: String, _ text: String, set changes: [String: ParameterValue] = [:],
      kind: ComponentError.Kind = .data, _ expected: String...
    ) {
      self.testDescription = testDescription
      self.text = text
      self.changes = changes
      self.kind = kind
      self.expected = expected
    }
  }

  private static let good = "alpha,beta,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n"
  private static let manyWords =
    "word,y\n" + (0..<42).map { "w\($0 % 21),\($0 % 2)\n" }.joined()

  static let mistakes: [Mistake] = [
    Mistake("an empty file", "", "is empty", "one row a line"),
    Mistake("only blank lines", "\n\r\n\n", "is empty"),
    Mistake("a header only", "a,b\n", "header and no rows", "header=no"),
    Mistake("a single column", "a\n1\n2\n", "single column", "delimiter"),
    Mistake("a short row", "a,b\n1,2\n3\n", "line 3 has 1 field, all others have 2"),
    Mistake(
      "a long row after a field of two lines", "a,b\n\"1\n\",2\n3,4,5\n",
      "line 4 has 3 fields"),
    Mistake("an open quote", "a,b\n1,\"2\n3,4\n", "line 2", "never closed"),
    Mistake(
      "text after a quote", "a,b\n\"1\"2,3\n", set: ["delimiter": .choice("comma", index: 1)],
      "line 2",
      "closing quote"),
    Mistake(
      "two columns of one name", "a,a,b\n1,2,3\n4,5,6\n", "columns 1 and 2", "'a'", "rename"),
    Mistake(
      "a missing value", "a,b\n1,0\n,1\n3,0\n4,1\n", "line 3, column 'a'", "missing", "ignore"),
    Mistake(
      "a mark for a missing value", "a,b\n1,0\nNA,1\n3,0\n4,1\n", "line 3, column 'a'", "'NA'",
      "missing value"),
    Mistake("not a number", "a,b\n1,0\nNaN,1\n3,0\n4,1\n", "line 3, column 'a'", "'NaN'"),
    Mistake("infinity", "a,b\n1,0\n2,1\n-inf,0\n4,1\n", "line 4, column 'a'", "'-inf'", "finite"),
    Mistake("too large a number", "a,b\n1,0\n1e39,1\n3,0\n4,1\n", "line 3", "'1e39'", "32-bit"),
    Mistake("a missing text", "a,b\nu,0\n,1\nv,0\nu,1\n", "line 3, column 'a'", "missing"),
    Mistake("a missing class", "a,b\n1,x\n2,y\n3,\n4,x\n5,y\n", "line 4, column 'b'", "missing"),
    Mistake(
      "a word among numbers", "a,b\n1,0\n2,1\n3x,0\n4,1\n", "line 4, column 'a'", "'3x'",
      "3 of the column's 4"),
    Mistake(
      "a decimal comma beside decimal points", "a;b\n1.5;0\n2.5;1\n3,5;0\n4.5;1\n", "line 4",
      "'3,5' looks like a number with a decimal comma", "decimal=comma"),
    Mistake(
      "decimal points beside decimal commas", "a;b\n1,5;0\n2,5;1\n3.75;0\n4,5;1\n",
      set: ["decimal": .choice("comma", index: 2)],
      "'3.75' looks like a number with a decimal point"),
    Mistake(
      "a comma that may group thousands", "a|b\n1,234|0\n2,500|1\n3,125|0\n4,750|1\n", "'1,234'",
      "decimal=point or decimal=comma"),
    Mistake(
      "a time that goes backwards", "t,a,b\n1,2,0\n3,4,1\n2,6,0\n7,8,1\n",
      set: ["time": .text("t")], "line 4, column 't'", "'2' is before '3'", "sort the rows"),
    Mistake(
      "a date that goes backwards",
      "t,a,b\n2026-01-31,2,0\n2026-02-01,4,1\n2026-01-30,6,0\n2026-02-02,8,1\n",
      set: ["time": .text("1")], "line 4", "'2026-01-30' is before '2026-02-01'"),
    Mistake(
      "a missing time", "t,a,b\n1,2,0\n,4,1\n3,6,0\n7,8,1\n", set: ["time": .text("t")], "line 3",
      "missing"),
    Mistake(
      "time that is the target", good, set: ["time": .text("kind"), "target": .text("kind")],
      kind: .parameter, "target and time name the same column 'kind'"),
    Mistake(
      "an unknown column of times", good, set: ["time": .text("beto")], kind: .parameter, "time",
      "did you mean 'beta'?"),
    Mistake("percentages beside numbers", "a,b\n50%,0\n0.5,1\n30%,0\n10%,1\n", "'0.5'", "percent"),
    Mistake("two currencies", "a,b\n$5,0\n$6,1\n£7,0\n$8,1\n", "'£7'", "currency"),
    Mistake("hexadecimal digits", "a,b\n1,0\n2,1\n0x10,0\n4,1\n", "'0x10' is not a number"),
    Mistake("a zero byte", "a,b\n1,0\n2\05,1\n3,0\n4,1\n", "line 3", "zero byte"),
    Mistake(
      "a title", "sales of 2024\na,b,c\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n", "line 1 has 1 field",
      "all others have 3", "title"),
    Mistake(
      "a comment in the middle", "a,b,c\n1,2,0\n# checked\n5,6,0\n7,8,1\n", "line 3 has 1 field",
      "comment"),
    Mistake(
      "one letter written in two ways", "a,b\n1,e\u{301}\n2,x\n3,\u{E9}\n4,x\n5,e\u{301}\n",
      "line 4",
      "NFC"),
    Mistake("too many words", manyWords, "column 'word'", "'w0'", "at most 20", "has 21", "ignore"),
    Mistake("one class", "a,b\n1,x\n2,x\n", "column 'b'", "class 'x'", "at least two classes"),
    Mistake(
      "a class of one row", "a,b\n1,x\n2,x\n3,y\n", "line 4, column 'b'", "class 'y'", "single row"),
    Mistake(
      "numbers from words", good, set: ["task": .choice("regression", index: 2)], "line 2",
      "column 'kind'", "'x' is not a number", "task=classification"),
    Mistake(
      "UTF-16", "", "is UTF-16", "UTF-8"),
    Mistake(
      "too few rows to validate", "a,b\n1,0\n2,1\n3,0\n4,1\n",
      set: [
        "validation_fraction": .real(0.1),
        "test_fraction": .real(0.5),
      ], "4 rows", "validation_fraction=0"),
    Mistake(
      "an unknown target", good, set: ["target": .text("kinds")], kind: .parameter,
      "no column 'kinds'",
      "did you mean 'kind'?"),
    Mistake(
      "a target like none", good, set: ["target": .text("zzzzzz")], kind: .parameter, "'zzzzzz'",
      "'alpha', 'beta', 'kind'"),
    Mistake(
      "a target number beyond the last", good, set: ["target": .text("4")], kind: .parameter,
      "columns 1 to 3"),
    Mistake(
      "target number 0", good, set: ["target": .text("0")], kind: .parameter, "columns 1 to 3"),
    Mistake(
      "an unknown column to ignore", good, set: ["ignore": .text("alpha,Betta")], kind: .parameter,
      "ignore", "'Betta'", "did you mean 'beta'?"),
    Mistake(
      "ignoring the target", good, set: ["ignore": .text("kind")], kind: .parameter,
      "target column 'kind'"),
    Mistake(
      "ignoring everything", good, set: ["ignore": .text("1,2")], kind: .parameter,
      "at least one feature"),
    Mistake(
      "fractions", good, set: ["test_fraction": .real(1)], kind: .parameter, "test_fraction 1.0"),
  ]

  @Test("A mistake is refused with its place and the remedy", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let folder = try DataFolder()
    let bytes: [UInt8] =
      mistake.testDescription == "UTF-16" ? [0xFF, 0xFE, 0x61, 0] : Array(mistake.text.utf8)
    let path = try folder.write("table.csv", bytes)
    let error = try #require(
      failure {
        _ = try CSV(
          request: request(
            for: CSV.descriptor, mistake.changes.merging(["path": .text(path)]) { $1 },
            host: folder))
      })
    #expect(error.kind == mistake.kind)
    if mistake.kind == .data { #expect(error.message.contains(path)) }
    for part in mistake.expected { #expect(error.message.contains(part), "\(error.message)") }
  }

  @Test("An absent file, an empty path, a folder and damaged gzip are refused by name")
  func files() throws {
    let folder = try DataFolder()
    let packed = try folder.write(
      "damaged.csv.gz", Array(gzip(Array("a,b\n1,2\n".utf8)).dropLast(6)))
    for (path, kind, expected) in [
      ("absent.csv", ComponentError.Kind.data, "does not exist"), ("", .parameter, "path is empty"),
      (folder.path, .data, "Is a directory"), (packed, .data, "cannot be read"),
    ] {
      let error = failure {
        _ = try CSV(request: request(for: CSV.descriptor, ["path": .text(path)], host: folder))
      }
      #expect(error?.kind == kind)
      #expect(error?.message.contains(expected) == true, "\(error?.message ?? "none")")
      #expect(error?.message.contains(path) == true)
    }
  }
}
