import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Preprocessing")
struct PreprocessingTests {
  private func table(_ columns: [(Int) -> Float]) throws -> SampleTable {
    let dataset = PlaneDataset(rows: 20)
    dataset.change = { row, inputs, _ in
      for (place, column) in columns.enumerated() { inputs[2 * row + place] = column(row) }
    }
    return try SampleTable(reading: .train, of: dataset, name: "t")
  }

  private func column(_ place: Int, of table: SampleTable) -> [Double] {
    (0..<table.rowCount).map { Double(table.inputs(ofRows: $0..<$0 + 1)[place]) }
  }

  @Test("Standardized, a feature has mean 0 and deviation 1")
  func standardize() throws {
    let table = try table([{ Float($0) * 3 + 1_000 }, { Float($0 * $0) }])
    Preprocessing(.standardize, fitting: table).apply(to: table)
    for place in 0..<2 {
      let values = column(place, of: table)
      let mean = values.reduce(0, +) / 20
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20
      #expect(abs(mean) < 1e-6)
      #expect(abs(variance - 1) < 1e-6)
    }
  }

  @Test("By least and largest value, a feature goes from 0 to 1")
  func minmax() throws {
    let table = try table([{ Float($0) - 7 }, { -Float($0) }])
    let preprocessing = Preprocessing(.minmax, fitting: table)
    preprocessing.apply(to: table)
    for place in 0..<2 {
      let values = column(place, of: table)
      #expect(values.min() == 0)
      #expect(abs(values.max().map { $0 - 1 } ?? 1) < 1e-6)
    }
    #expect(preprocessing.shift == [-7, -19])
  }

  @Test("A constant feature becomes 0", arguments: [Scaling.standardize, .minmax])
  func constantFeature(scaling: Scaling) throws {
    let table = try table([{ _ in 3.7 }, { Float($0) }])
    Preprocessing(scaling, fitting: table).apply(to: table)
    #expect(column(0, of: table).allSatisfy { abs($0) < 1e-6 })
  }

  @Test(
    "A feature that is constant but for rounding keeps its size",
    arguments: [Float(12_345.678), 1_000_003, 1.7e9, -3e-5])
  func nearlyConstantFeature(value: Float) throws {
    for scaling in [Scaling.standardize, .minmax] {
      let table = try table([{ $0 == 3 ? value.nextUp : value }, { _ in value }])
      #expect(Preprocessing(scaling, fitting: table).factor == [1, 1])
    }
  }

  @Test("Targets become ones of mean 0 and deviation 1, and come back")
  func targets() throws {
    let dataset = PlaneDataset(.regression, rows: 20, outputs: 2)
    dataset.change = { row, _, targets in
      targets[2 * row] = 300_000 + 1_000 * Float(row)
      targets[2 * row + 1] = 7
    }
    let table = try SampleTable(reading: .train, of: dataset, name: "t")
    let before = Array(table.targets)
    let preprocessing = Preprocessing(.none, fitting: table, standardizesTargets: true)
    preprocessing.apply(to: table)
    let first = (0..<20).map { Double(table.targets[2 * $0]) }
    #expect(abs(first.reduce(0, +)) < 1e-4)
    #expect(abs(first.reduce(0) { $0 + $1 * $1 } / 20 - 1) < 1e-5)
    #expect((0..<20).allSatisfy { abs(table.targets[2 * $0 + 1]) < 1e-6 })
    let (shift, factor) = (
      try #require(preprocessing.targetShift), try #require(preprocessing.targetFactor)
    )
    for place in before.indices {
      let back = Double(table.targets[place]) / factor[place % 2] + shift[place % 2]
      #expect(abs(back - Double(before[place])) < 0.05)
    }
  }

  @Test("None changes nothing")
  func none() throws {
    let table = try table([{ Float($0) }, { Float($0) }])
    let before = column(0, of: table)
    Preprocessing(.none, fitting: table).apply(to: table)
    #expect(column(0, of: table) == before)
  }

  @Test("Figures of one split are applied to another")
  func otherSplit() throws {
    let train = try table([{ Float($0) }, { Float($0) }])
    let other = try table([{ Float($0) + 19 }, { Float($0) }])
    Preprocessing(.minmax, fitting: train).apply(to: other)
    #expect(abs(column(0, of: other)[19] - 2) < 1e-6)
  }

  @Test("It fits inputs of its own number of features")
  func fitting() throws {
    let preprocessing = Preprocessing(.minmax, fitting: try table([]))
    #expect(preprocessing.fits(2))
    #expect(!preprocessing.fits(3))
    #expect(Preprocessing(.none, fitting: try table([])).fits(3))
    var damaged = preprocessing
    damaged.factor.removeLast()
    #expect(!damaged.fits(2))
  }

  @Test("A scaling that does not exist suggests the nearest")
  func unknownScaling() throws {
    #expect(try Preprocessing.scaling(named: "minmax") == .minmax)
    let error = #expect(throws: RunError.self) {
      _ = try Preprocessing.scaling(named: "standardise")
    }
    #expect(error?.message.hasSuffix("did you mean 'standardize'?") == true)
  }
}
