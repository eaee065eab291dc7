import BipartiteFunctions
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Functions of two vectors")
struct BipartiteTests {
  private func make(
    _ function: BipartiteFunction, _ changes: [String: ParameterValue] = [:]
  ) throws -> Bipartite {
    try Bipartite(
      request: request(
        for: Bipartite.descriptor,
        changes.merging(["function": .choice(function.rawValue, index: 0)]) { $1 }))
  }

  private func read(
    _ dataset: Bipartite, _ split: Split, _ rows: [Int]
  ) throws -> (inputs: [[Float]], targets: [Float]) {
    let width = dataset.datasetDescription.input.count
    var inputs = [Float](repeating: .nan, count: rows.count * width)
    var targets = [Float](repeating: .nan, count: rows.count)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try targets.withUnsafeMutableBufferPointer { targets in
        try dataset.read(split, rows: rows, inputs: inputs, targets: targets)
      }
    }
    return (rows.indices.map { Array(inputs[$0 * width..<($0 + 1) * width]) }, targets)
  }

  /// The metrics of outputs on the test split.
  private func measure(_ dataset: Bipartite, _ outputs: [Double]) throws -> [Double] {
    try outputs.withUnsafeBufferPointer { outputs in
      try dataset.measure(
        MetricSample(
          split: .test, parameters: nil, rows: Array(outputs.indices), keys: [], draw: 0,
          inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: outputs)
      ).map(\.value)
    }
  }

  @Test("Vectors are on spheres, but those of the ball, and rows can be read in any order")
  func vectors() throws {
    let dataset = try make(.inner, ["dimension": .integer(5)])
    let (rows, targets) = try read(dataset, .train, [7, 0, 7])
    for row in rows {
      for part in [row[..<5], row[5...]] {
        #expect(abs(part.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
      }
    }
    #expect(rows[0] == rows[2] && rows[0] != rows[1])
    let product = (0..<5).reduce(Float(0)) { $0 + 2 * rows[0][$1] * rows[0][5 + $1] }
    #expect(abs(targets[0] - product) < 1e-5)
  }

  @Test("Test rows are all pairs of their vectors")
  func grid() throws {
    let dataset = try make(.sine, ["side": .integer(6)])
    #expect(dataset.datasetDescription.rowCount(.test) == 36)
    let (rows, _) = try read(dataset, .test, Array(0..<36))
    for i in 0..<6 {
      for j in 0..<6 {
        #expect(rows[6 * i + j][..<4] == rows[6 * i][..<4])
        #expect(rows[6 * i + j][4...] == rows[j][4...])
      }
    }
    let (others, _) = try read(dataset, .validation, [0])
    #expect(others[0] != rows[0])
  }

  @Test("Half of the points lie within the ball", arguments: [2, 4, 7])
  func ball(dimension: Int) throws {
    let dataset = try make(.ball, ["dimension": .integer(dimension)])
    let (_, targets) = try read(dataset, .train, Array(0..<4_000))
    let inside = targets.count { $0 > 0 }
    // Five deviations of a coin.
    #expect(abs(inside - 2_000) < 160)
    #expect(targets.allSatisfy { abs($0) == 1 })
  }

  @Test(
    "Entropies of the function are those of the closed forms, and of the outputs those of the outputs"
  )
  func entropies() throws {
    let side = 300
    func target(_ function: BipartiteFunction) throws -> Double {
      let dataset = try make(function, ["side": .integer(side)])
      return try measure(dataset, [Double](repeating: 1, count: side * side))[1]
    }
    #expect(abs(try target(.inner) / log(4.0) - 1) < 0.01)
    // A product less its mean: what the mean of 300 samples leaves.
    #expect(try target(.product) < 0.02)
    // x₁² + sin 3y₂: see the tests of the library, which averages over samples.
    #expect(abs(try target(.additive) / 0.331 - 1) < 0.15)

    let dataset = try make(.inner, ["side": .integer(20)])
    let (rows, targets) = try read(dataset, .test, Array(0..<400))
    let own = try measure(dataset, targets.map { 3 * Double($0) - 5 })
    #expect(abs(own[0] - own[1]) < 1e-5 && own[2] < 1e-5)
    let product = try measure(dataset, rows.map { Double($0[0] * $0[5]) })
    #expect(product[0] < own[0] - 0.5 && abs(product[2] - (own[1] - product[0])) < 1e-12)
    #expect(try measure(dataset, [Double](repeating: 2, count: 400))[0] == 0)
  }

  @Test("Rows that are not a grid have no entropy")
  func noGrid() throws {
    let dataset = try make(.inner, ["side": .integer(6)])
    #expect(try measure(dataset, [1, 2, 3]) == [.infinity, .infinity, .infinity])
  }
}
