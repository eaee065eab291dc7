import QHostInterfaces
import QHostTesting
import SeriesDatasets
import Testing

@Suite("Streams with anomalies")
struct AnomalyTests {
  /// Two series of 40 rows, of which the first has a window; their probations are 6 rows.
  private func corpus(
    second: String? = nil, windows: String? = nil
  ) throws -> (SeriesText, String) {
    let files = try SeriesText()
    let text = { (factor: Int) in
      "timestamp,value\n"
        + (0..<40).map { "2026-01-01 00:\($0 < 10 ? "0" : "")\($0):00,\(factor * ($0 % 4))\n" }
        .joined()
    }
    try files.write("c/a/one.csv", text(2))
    try files.write("c/b/two.csv", second ?? text(3))
    try files.write(
      "c/windows.json",
      windows ?? """
        {"b/two.csv": [], "a/one.csv": [["2026-01-01 00:20:00.000000", "2026-01-01 00:29:00.000000"]]}
        """)
    return (files, files.folder + "/c")
  }

  private func make(_ path: String, _ changes: [String: ParameterValue] = [:]) throws -> Anomaly {
    try Anomaly(
      request: request(for: Anomaly.descriptor, changes.merging(["path": .text(path)]) { $1 }))
  }

  @Test(
    "Rows are the points of all series in order, marked where one begins, scaled by the probation")
  func rows() throws {
    let (files, path) = try corpus()
    let dataset = try make(path)
    #expect(dataset.datasetDescription.rowCounts == [.train: 12, .test: 80])
    let rows = try SeriesRows(dataset, .test)
    #expect(rows.inputs.indices.filter { rows.inputs[$0][1] == 1 } == [0, 40])
    #expect(rows.targets.indices.filter { rows.targets[$0] == 1 } == Array(20...29))
    let train = try SeriesRows(dataset, .train)
    #expect(train.inputs[..<6] == rows.inputs[..<6])
    #expect(train.inputs[6...] == rows.inputs[40..<46])
    #expect(abs(train.inputs[..<6].reduce(0) { $0 + $1[0] }) < 1e-5)
    let plain = try SeriesRows(make(path, ["scaling": .choice("none", index: 1)]), .test)
    #expect(plain.inputs[43] == [9, 0])
    _ = files
  }

  @Test("With forecasts, targets are the next values of the same series")
  func forecasts() throws {
    let (files, path) = try corpus()
    let dataset = try make(
      path, ["outputs": .choice("forecast", index: 1), "scaling": .choice("none", index: 1)])
    let rows = try SeriesRows(dataset, .test)
    for row in 0..<39 { #expect(rows.targets[row] == rows.inputs[row + 1][0]) }
    #expect(rows.targets[39] == rows.inputs[39][0])
    #expect(rows.targets[40] == rows.inputs[41][0])
    _ = files
  }

  @Test("A detection at the beginning of the window has the best score")
  func perfect() throws {
    let (files, path) = try corpus()
    let dataset = try make(path)
    var scores = [Double](repeating: 0, count: 80)
    scores[20] = 1
    let values = try measured(dataset, .test, Array(0..<80), [scores])
    #expect(abs(values[0] - 100) < 1e-9)
    #expect(values.count == 5)
    #expect((0...1).contains(values[3]))
    let figures = dataset.figures(parameters: nil)
    #expect(figures.map(\.title) == ["Scores of one.csv"])
    #expect(figures[0].series.map(\.x.count) == [34, 34, 10])
    #expect(figures[0].series[1].y[14] == 1)
    let train = try measured(dataset, .train, Array(0..<12), [Array(scores[..<12])])
    #expect(train == [Double](repeating: -.infinity, count: 5))
    _ = files
  }

  @Test("A forecast that fails where the window begins has the best score")
  func forecastScores() throws {
    let (files, path) = try corpus()
    let dataset = try make(path, ["outputs": .choice("forecast", index: 1)])
    var forecasts = try SeriesRows(dataset, .test).targets.map(Double.init)
    forecasts[19] += 5
    let values = try measured(dataset, .test, Array(0..<80), [forecasts])
    #expect(abs(values[0] - 100) < 1e-9)
    _ = files
  }

  @Test("Scores that are not finite, or constant, are refused")
  func scores() throws {
    let (files, path) = try corpus()
    let dataset = try make(path)
    var scores = [Double](repeating: 0.5, count: 80)
    let constant = failure { _ = try measured(dataset, .test, Array(0..<80), [scores]) }
    #expect(constant?.message.contains("all scores are 0.5") == true)
    scores[41] = .nan
    let wrong = failure { _ = try measured(dataset, .test, Array(0..<80), [scores]) }
    #expect(wrong?.message.contains("'b/two.csv' row 2 is nan") == true)
    _ = files
  }

  @Test("Duplicate and unordered timestamps and gaps are reported, or refused")
  func irregular() throws {
    let times = [0, 1, 2, 2, 3, 4, 9, 8, 10, 11, 12, 13, 14, 15, 16]
    let text = "timestamp,value\n" + times.map { "\($0),\($0 % 3)\n" }.joined()
    let (files, path) = try corpus(second: text)
    let host = TestHost()
    _ = try Anomaly(
      request: request(for: Anomaly.descriptor, ["path": .text(path)], host: host))
    #expect(
      host.log.contains {
        $0.contains("1 of 2 series have 1 duplicate and 1 unordered timestamps and 2 gaps")
      }, "\(host.log)")
    let error = failure { _ = try make(path, ["irregular": .choice("refuse", index: 1)]) }
    #expect(error?.message.contains("b/two.csv' line 5") == true, "\(error?.message ?? "")")
    _ = files
  }

  @Test("A labelled file needs no windows")
  func labelled() throws {
    let files = try SeriesText()
    let text =
      "timestamp,value,is_anomaly\n"
      + (0..<40).map { "\($0),\($0 % 4),\($0 / 10 == 2 ? 1 : 0)\n" }.joined()
    let dataset = try make(try files.write("x.csv", text))
    let rows = try SeriesRows(dataset, .test)
    #expect(rows.targets.indices.filter { rows.targets[$0] == 1 } == Array(20...29))
  }

  static let mistakes: [(String?, String?, String)] = [
    ("timestamp,value\n1,2\n2,nan\n", nil, "two.csv' line 3, value: the value is missing"),
    ("timestamp,value\n1,2\n2,x\n", nil, "'x' is not a number"),
    ("timestamp,value\n1,2\n2\n", nil, "line 3 has 1 fields"),
    ("timestamp,value\n", nil, "has no rows"),
    ("time,value\n1,2\n", nil, "columns 'timestamp' and 'value'"),
    ("timestamp,value\n1,2\n2,3\n", nil, "2 rows, too few"),
    (nil, "{", "not a JSON object"),
    (nil, #"{"a/one.csv": [["2026-01-01 00:20:01", "2026-01-01 00:29:00"]]}"#, "no row of"),
    (nil, #"{"a/one.csv": [["2026-01-01 00:20:00"]]}"#, "has 1 times"),
    (
      nil, #"{"a/one.csv": [["2026-01-01 00:20:00", "2026-01-01 00:10:00"]]}"#,
      "ends before it begins"
    ),
    (nil, #"{"a/none.csv": []}"#, "a/none.csv' cannot be opened"),
  ]

  @Test("A mistake is refused with its file and the remedy", arguments: mistakes)
  func mistake(_ second: String?, _ windows: String?, _ expected: String) throws {
    let (files, path) = try corpus(second: second, windows: windows)
    let error = try #require(failure { _ = try make(path) })
    #expect(error.kind == .data)
    #expect(error.message.contains(expected), "\(error.message)")
    _ = files
  }

  @Test("A name that no series has, and a folder that is not there, are refused")
  func names() throws {
    let (files, path) = try corpus()
    #expect(failure { _ = try make(path, ["series": .text("z/")]) }?.kind == .parameter)
    #expect(
      failure { _ = try make(files.folder + "/none") }?.message.contains("does not exist") == true)
  }
}
