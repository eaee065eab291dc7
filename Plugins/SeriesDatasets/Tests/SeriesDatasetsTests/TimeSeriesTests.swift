import QHostInterfaces
import QHostTesting
import SeriesDatasets
import Testing

@Suite("Series from files")
struct TimeSeriesTests {
  static let header =
    "#text\n@problemName P\n@univariate false\n@dimensions 2\n@classLabel true B b\n"

  private func make(
    _ path: String, _ changes: [String: ParameterValue] = [:]
  ) throws -> TimeSeries {
    try TimeSeries(
      request: request(
        for: TimeSeries.descriptor, changes.merging(["path": .text(path)]) { $1 }))
  }

  @Test(
    "Series of unequal length are padded, channels of a step lie together, case of classes counts")
  func unequal() throws {
    let files = try SeriesText()
    let path = try files.write(
      "P_TRAIN.ts", Self.header + "@data\n1,2:5,6:B\n\n# between\n3,4,9:7,8,10: b\r\n")
    try files.write("P_TEST.ts", Self.header + "@DATA\n1:2:b\n")
    let dataset = try make(path)
    #expect(dataset.datasetDescription.input == Shape([3, 2]))
    #expect(dataset.datasetDescription.outputNames == ["B", "b"])
    #expect(dataset.datasetDescription.isSeries)
    let rows = try SeriesRows(dataset, .train)
    let first = rows.targets[0] == 0 ? 0 : 1
    #expect(rows.inputs[first] == [1, 5, 2, 6, 0, 0])
    #expect(rows.inputs[1 - first] == [3, 7, 4, 8, 9, 10])
    #expect(rows.lengths[first] == 2)
    #expect(rows.targets[1 - first] == 1)
    let test = try SeriesRows(dataset, .test)
    #expect(test.inputs == [[1, 2, 0, 0, 0, 0]])
    #expect(test.targets == [1])
    #expect(test.lengths == [1])
  }

  @Test("Labels of a header with targets are numbers")
  func regression() throws {
    let files = try SeriesText()
    let path = try files.write("p.ts", "@targetlabel true\n@data\n1,2:0.5\n3,4:-2\n5,6:7\n")
    let dataset = try make(path, ["test_fraction": .real(0.3)])
    #expect(dataset.datasetDescription.task == .regression)
    #expect(
      Set(try SeriesRows(dataset, .train).targets + SeriesRows(dataset, .test).targets) == [
        0.5, -2, 7,
      ])
  }

  @Test("Wide text has the label first, long text a column of series")
  func layouts() throws {
    let files = try SeriesText()
    let wide = try make(
      try files.write("a_TRAIN.tsv", "2\t1.5\t2\n10\t3\t\n"),
      ["test_path": .text(try files.write("b.tsv", "10\t4\t5\n"))])
    #expect(wide.datasetDescription.outputNames == ["2", "10"])
    #expect(Set(try SeriesRows(wide, .train).lengths) == [1, 2])
    let text = "series,x,class,y\nu,1,a,2\nu,3,a,4\nv,5,b,6\n"
    let long = try make(try files.write("c.csv", text), ["test_fraction": .real(0)])
    let rows = try SeriesRows(long, .train)
    let first = rows.targets[0] == 0 ? 0 : 1
    #expect(rows.inputs[first] == [1, 2, 3, 4])
    #expect(rows.inputs[1 - first] == [5, 6, 0, 0])
  }

  static let mistakes: [(String, String, String)] = [
    (
      "a.ts", "@classLabel true a b\n@data\n1,?:a\n1,2:b\n",
      "line 3, channel 1, step 2: the value is missing"
    ),
    ("a.ts", "@classLabel true a b\n@data\n1,x:a\n", "'x' is not a number"),
    ("a.ts", "@classLabel true a b\n@data\n1,nan:a\n", "missing"),
    ("a.ts", "@classLabel true a b\n@data\n1,1e50:a\n", "32-bit"),
    ("a.ts", "@classLabel true a b\n@data\n1,2:A\n", "class 'A' is not declared"),
    ("a.ts", "@classLabel true a\n@data\n1,2:a\n", "at least 2"),
    ("a.ts", "@classLabel true a b\n@data\n1,2:a\n3,4:a\n", "all 2 series are of class 'a'"),
    ("a.ts", "@data\n1,2:a\n", "line 1: '@data' without '@classLabel"),
    ("a.ts", "@classLabel true a b\n1,2:a\n", "before '@data'"),
    ("a.ts", "@classLabel true a b\n", "no series after '@data'"),
    ("a.ts", "@classLabel true a b\n@data\n1,2:3:a\n", "channel 2 has 1 steps"),
    (
      "a.ts", "@classLabel true a b\n@data\n1,2:3,4:a\n1,2:b\n",
      "line 4 has 1 channels, line 3 has 2"
    ),
    ("a.ts", "@dimensions 3\n@classLabel true a b\n@data\n1:2:a\n", "header says 3"),
    ("a.ts", "@equalLength true\n@classLabel true a b\n@data\n1:a\n1,2:b\n", "line 5 has 2 steps"),
    ("a.ts", "@serieslength 3\n@classLabel true a b\n@data\n1:a\n", "header says 3"),
    ("a.ts", "@timeStamps true\n@classLabel true a b\n@data\n1:a\n", "timestamps"),
    ("a.ts", "@classLabel maybe a b\n@data\n1:a\n", "neither true nor false"),
    ("a.ts", "@colour red\n@data\n1:a\n", "keyword '@colour'"),
    ("a.ts", "@classLabel true a b\n@data\n12\n", "no ':'"),
    ("a.csv", "", "is empty"), ("a.csv", "1,\0,3\n", "is not UTF-8 text"),
    ("a.csv", "1,2,3\n2\n", "a label and no steps"),
    ("a.csv", "1,2,3\n2,4,,5\n", "line 2, step 2: the value is missing"),
    ("a.csv", "series,x,class\nu,1,a\nv,2,b\nu,3,a\n", "line 4: series 'u' continues"),
    ("a.csv", "series,x,class\nu,1,a\nu,2,b\n", "label 'b' within a series of label 'a'"),
    ("a.csv", "series,x\nu,1\n", "none named 'class' or 'target'"),
    ("a_TRAIN.csv", "1,2\n2,3\n", "a_TEST.csv', which belongs to"),
  ]

  @Test("A mistake is refused with file, line and remedy", arguments: mistakes)
  func mistake(_ name: String, _ text: String, _ expected: String) throws {
    let files = try SeriesText()
    let path = try files.write(name, text)
    let error = try #require(failure { _ = try make(path) })
    #expect(error.kind == .data)
    #expect(error.message.contains(expected), "\(error.message)")
    #expect(error.message.contains(files.folder))
  }

  @Test("A class that training does not have is refused, and so are other channels")
  func test() throws {
    let files = try SeriesText()
    let path = try files.write("a_TRAIN.csv", "1,2\n2,3\n")
    try files.write("a_TEST.csv", "3,1\n")
    let error = failure { _ = try make(path) }
    #expect(
      error?.message.contains(
        "a_TEST.csv' line 1: class '3' is not in the training file, which has 1, 2") == true)
  }
}
