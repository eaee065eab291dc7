import QHostInterfaces
import QHostRuntime
import Testing

/// Rows that models of these tests are asked about, as blocks have them.
private struct Rows {
  let model: any Model
  let featureCount: Int
  let outputCount: Int
  /// [B][F].
  let inputs: [[Float]]

  init(_ assembly: RunAssembly, count: Int) {
    model = assembly.model
    featureCount = assembly.parts.table.inputCount
    outputCount = assembly.data.mapping.output.count
    inputs = (0..<count).map { row in
      assembly.parts.table.inputs(ofRows: row..<row + 1)
    }
  }

  /// Does something with a session that is bound to some of the rows.
  func withSession<R>(_ rows: [Int], _ body: (any ModelSession) throws -> R) throws -> R {
    let session = try model.makeSession()
    var block = [Float](repeating: 0, count: featureCount * rows.count)
    for (place, row) in rows.enumerated() {
      for feature in 0..<featureCount { block[feature * rows.count + place] = inputs[row][feature] }
    }
    return try block.withUnsafeBufferPointer {
      try session.bind(inputs: $0, rowCount: rows.count)
      return try body(session)
    }
  }

  /// The outputs [B][C] at a point.
  func outputs(_ session: any ModelSession, _ rowCount: Int, draw: UInt64? = nil) throws
    -> [[Float]]
  {
    let parameters = try model.initialParameters(start: 3)
    var outputs = [Float](repeating: .nan, count: outputCount * rowCount)
    try parameters.withUnsafeBufferPointer { parameters in
      try outputs.withUnsafeMutableBufferPointer { outputs in
        guard let draw else {
          return try session.forward(parameters: parameters, pointCount: 1, outputs: outputs)
        }
        try [draw].withUnsafeBufferPointer { draws in
          try session.forward(parameters: parameters, draws: draws, outputs: outputs)
        }
      }
    }
    return (0..<rowCount).map { row in
      (0..<outputCount).map { outputs[$0 * rowCount + row] }
    }
  }
}

@Suite("Every model whose outputs are random draws")
struct DrawingModelConformanceTests {
  @Test(
    "draws for a row by its key and the draw alone, whatever block it is in",
    arguments: CapabilityCase.drawing)
  func keys(_ capability: CapabilityCase) throws {
    let assembly = try capability.assembly()
    #expect(assembly.model.modelDescription.isStochastic)
    let rows = Rows(assembly, count: 6)
    func outputs(_ order: [Int], draw: UInt64) throws -> [Int: [Float]] {
      try rows.withSession(order) { session in
        try order.map { UInt64($0) + 100 }.withUnsafeBufferPointer {
          try session.bindRows(keys: $0)
        }
        let values = try rows.outputs(session, order.count, draw: draw)
        return Dictionary(uniqueKeysWithValues: zip(order, values))
      }
    }
    let whole = try outputs([0, 1, 2, 3, 4, 5], draw: 7)
    #expect(try outputs([5, 2, 0, 1, 4, 3], draw: 7) == whole)
    #expect(try outputs([4], draw: 7)[4] == whole[4])
    #expect(try outputs([0, 1, 2, 3, 4, 5], draw: 8) != whole)
  }
}

@Suite("Every model that takes series")
struct SeriesModelConformanceTests {
  @Test(
    "sees nothing beyond a row's length, and no other row", arguments: CapabilityCase.series)
  func lengths(_ capability: CapabilityCase) throws {
    let assembly = try capability.assembly()
    #expect(assembly.model.modelDescription.takesSeries)
    let rows = Rows(assembly, count: 5)
    let steps = try #require(assembly.data.mapping.input.extents.first)
    let lengths = (0..<5).map { UInt64(1 + $0 % steps) }
    func outputs(_ order: [Int]) throws -> [Int: [Float]] {
      try rows.withSession(order) { session in
        try order.map { lengths[$0] }.withUnsafeBufferPointer {
          try session.bindSeries(lengths: $0, start: .separate)
        }
        return Dictionary(
          uniqueKeysWithValues: zip(order, try rows.outputs(session, order.count)))
      }
    }
    let whole = try outputs([0, 1, 2, 3, 4])
    #expect(try outputs([3, 0, 4, 2, 1]) == whole)
    for row in 0..<5 { #expect(try outputs([row])[row] == whole[row]) }
  }

  @Test("continues from row to row as through one block", arguments: CapabilityCase.series)
  func state(_ capability: CapabilityCase) throws {
    let assembly = try capability.assembly()
    let rows = Rows(assembly, count: 5)
    let steps = UInt64(try #require(assembly.data.mapping.input.extents.first))
    func bind(_ session: any ModelSession, _ count: Int, _ start: SeriesStart) throws {
      try [UInt64](repeating: steps, count: count).withUnsafeBufferPointer {
        try session.bindSeries(lengths: $0, start: start)
      }
    }
    let together = try rows.withSession([0, 1, 2, 3, 4]) { session in
      try bind(session, 5, .begin)
      return try rows.outputs(session, 5)
    }
    let apart = try rows.withSession([0, 1, 2, 3, 4]) { session in
      try bind(session, 5, .separate)
      return try rows.outputs(session, 5)
    }
    #expect(together[0] == apart[0])
    #expect(together[1...] != apart[1...], "no state continues")
  }
}

@Suite("Every model around a model")
struct WrappingModelConformanceTests {
  @Test(
    "has the gradient of its loss through the inner model", arguments: CapabilityCase.wrapping)
  func gradient(_ capability: CapabilityCase) throws {
    let assembly = try capability.assembly()
    let objective = assembly.objective
    guard objective.queries.contains(.gradient) else { return }
    let point = try assembly.model.initialParameters(start: 1)
    func answer(_ kind: Query.Kind, _ points: [[Double]]) throws -> Answer {
      var query = Query()
      query.kind = kind
      query.batch = .full
      query.points = points.flatMap { $0 }
      var answer = Answer()
      try objective.answer(query, into: &answer)
      return answer
    }
    let gradient = try answer(.gradient, [point]).gradient
    let step = 1e-3
    let scale = gradient.map(abs).max() ?? 0
    #expect(scale > 0)
    for index in point.indices.prefix(12) {
      let ends = try [step, -step].map { step in
        var moved = point
        moved[index] += step
        return try answer(.points, [moved]).losses[0]
      }
      let slope = (ends[0] - ends[1]) / (2 * step)
      // Single precision: about 1e-7 of a loss of about 1, over the step.
      #expect(abs(slope - gradient[index]) < 0.02 * scale + 1e-3)
    }
  }
}
