import Foundation
import Testing

@Suite("Data that cannot be used")
struct BadDataTests {
  /// The text of a CSV file, and what the sentence about it must say beside its name.
  static let tables: [(text: String, says: String)] = [
    ("", "table.csv"),
    ("a,b,c\n", "table.csv"),
    ("a,b,class\n1,2,x\n3,4\n5,6,y\n1,2,x\n5,6,y\n", "line 3"),
    ("a,b,class\n1,2,x\n3,nan,y\n5,6,y\n1,2,x\n5,6,y\n", "line 3"),
    ("a,b,class\n1,2,x\n3,,y\n5,6,y\n1,2,x\n5,6,y\n", "line 3"),
    ("a,b,class\n1,2,x\n3,1e99,y\n5,6,y\n1,2,x\n5,6,y\n", "line 3"),
    ("a,b,class\n1,2,x\n3,oops,y\n5,6,y\n1,2,x\n5,6,y\n", "line 3"),
    ("a,b,class\n1,2,x\n3,4,y\n5,6,x\n1,2,x\n", "'y'"),
    ("a,b,class\n1,2,x\n3,4,\"y\n5,6,x\n1,2,x\n", "quote"),
    ("a,b,class\n1,2,x\n3,4,x\n5,6,x\n", "class"),
  ]

  @Test("as a table is refused with its place", arguments: tables)
  func tablesAreRefused(text: String, says: String) throws {
    let program = try Program()
    let path = try program.write(text, to: "table.csv")
    expectRefusal(
      try program.run(
        "run", "--optimizer", "sa", "--dataset", "csv", "--set", "dataset.path=\(path)"), code: 5,
      "table.csv", says)
  }

  @Test("because a column does not exist is refused with the nearest name")
  func unknownColumns() throws {
    let program = try Program()
    let path = try program.write("length,width,kind\n1,2,x\n3,4,y\n1,2,x\n3,4,y\n", to: "t.csv")
    let result = try program.run(
      "data", "show", "csv", "--set", "dataset.path=\(path)", "--set", "dataset.target=knid")
    #expect([2, 5].contains(result.code))
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.error.contains("'knid'") && result.error.contains("kind"))
  }

  @Test("because it is not there is refused with the path")
  func absentFiles() throws {
    let program = try Program()
    expectRefusal(
      try program.run(
        "run", "--optimizer", "sa", "--dataset", "csv", "--set", "dataset.path=a.csv"),
      code: 5, "'a.csv'", "does not exist")
    expectRefusal(
      try program.run("run", "--optimizer", "sa", "--dataset", "mnist"), code: 5,
      "mnist/train-images-idx3-ubyte", "QHOST_DATA")
  }

  @Test("because gzip is damaged is refused with the file")
  func damagedGzip() throws {
    let program = try Program()
    var gzip = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    gzip.append(contentsOf: [UInt8](repeating: 0xAB, count: 40))
    let path = try program.write(gzip, to: "table.csv.gz")
    expectRefusal(
      try program.run(
        "run", "--optimizer", "sa", "--dataset", "csv", "--set", "dataset.path=\(path)"), code: 5,
      "table.csv.gz")
  }

  static let parts = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  @Test("because an IDX file is damaged is refused with the file", arguments: parts)
  func damagedIDX(part: String) throws {
    let program = try Program([
      "QHOST_DATA": NSTemporaryDirectory() + "qhost-idx-" + UUID().uuidString
    ])
    for name in Self.parts {
      let isLabels = name.contains("labels")
      var bytes = Data([0, 0, 8, isLabels ? 1 : 3, 0, 0, 0, 20])
      if !isLabels { bytes.append(contentsOf: [0, 0, 0, 28, 0, 0, 0, 28]) }
      bytes.append(contentsOf: (0..<(20 * (isLabels ? 1 : 784))).map { UInt8($0 % 10) })
      // One of the four ends too early.
      _ = try program.write(name == part ? bytes.dropLast(5) : bytes, to: "data/mnist/\(name)")
    }
    let result = try program.shell(
      "QHOST_DATA='\(program.folder)/data' exec \"$0\" run --optimizer sa --dataset mnist --max-evals 3"
    )
    expectRefusal(result, code: 5, part)
  }
}
