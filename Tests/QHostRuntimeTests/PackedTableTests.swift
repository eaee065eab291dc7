import QHostInterfaces
import QHostRuntime
import Testing

@Suite("Tables of few values")
struct PackedTableTests {
  /// Rows of three features whose values come from a list.
  private final class ListedRows: Dataset {
    let datasetDescription: DatasetDescription
    private let value: (Int) -> Float

    init(rows: Int, _ value: @escaping (Int) -> Float) {
      self.value = value
      datasetDescription = DatasetDescription(
        task: .classification, input: Shape([3]), output: Shape([2]), targetWidth: 1,
        rowCounts: [.train: rows])
    }

    func read(
      _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
      targets: UnsafeMutableBufferPointer<Float>
    ) {
      for (place, row) in rows.enumerated() {
        for feature in 0..<3 { inputs[3 * place + feature] = value(3 * row + feature) }
        targets[place] = Float(row % 2)
      }
    }
  }

  /// More than a table reads at a time, so that what comes late is seen late.
  private static let rows = 50_000

  private func tables(_ value: @escaping (Int) -> Float) throws -> [SampleTable] {
    try [true, false].map {
      try SampleTable(
        reading: .train, of: ListedRows(rows: Self.rows, value), name: "few", packs: $0)
    }
  }

  @Test(
    "What is read is what was written, to the bit, however many values there are",
    arguments: [1, 2, 255, 256, 257, 1021, 4096, 4097, 100_000], [0, 100_000])
  func values(count: Int, from late: Int) throws {
    // Before `late` there are three, among them both zeros.
    let tables = try tables { place in
      place < late ? [0, -0.0, 0.3][place % 3] : Float(place % count) / 255
    }
    for rows in [0..<1, 21_840..<21_850, 49_990..<50_000] {
      #expect(
        tables[0].inputs(ofRows: rows).map(\.bitPattern)
          == tables[1].inputs(ofRows: rows).map(\.bitPattern))
    }
    let all = tables.map { $0.inputs(ofRows: 0..<Self.rows).map(\.bitPattern) }
    #expect(all[0] == all[1])
    // Their memory is the tables'.
    withExtendedLifetime(tables) {
      #expect(tables[0].targets.elementsEqual(tables[1].targets))
    }
  }

  @Test(
    "A number that is none is refused with its place there, too",
    arguments: [2, 300, 5_000], [Float.nan, -.infinity])
  func notFinite(count: Int, value: Float) throws {
    let error = #expect(throws: ComponentError.self) {
      _ = try SampleTable(
        reading: .train,
        of: ListedRows(rows: Self.rows) { $0 == 3 * 40_000 + 1 ? value : Float($0 % count) },
        name: "few", packs: true)
    }
    #expect(error?.message.contains("train row 40001, feature 2 is \(value)") == true)
  }
}
