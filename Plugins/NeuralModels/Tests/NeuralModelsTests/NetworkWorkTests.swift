import NeuralModels
import QHostInterfaces
import QHostNetworks
import Testing

@Suite("The work of a network")
struct NetworkWorkTests {
  /// 2-3-2: 12 weights, 17 parameters.
  private let small = NetworkCase(hidden: [3], activation: .tanh, inputs: 2, outputs: 2)
  private let product = NetworkWork.multiplyAdd
  private let tanh = NetworkWork.value(.tanh)
  /// Parameters that are in no cache, as far as 17 are.
  private let far = NetworkWork.farParameter * 17 / NetworkWork.farCount

  @Test("A pass costs products, units, activations and parameters")
  func passes() throws {
    let work = try small.model().modelDescription.passWork
    let row = [12 * product, 5 * NetworkWork.unit, 3 * tanh].reduce(0, +)
    #expect(isClose(work.row, row))
    #expect(work.pass == 17 * NetworkWork.parameter)
    // Products for 12 weights; those for the 3 hidden units from 2 outputs, and their slopes.
    let gradient = [
      12 * NetworkWork.gradientMultiplyAdd, 5 * NetworkWork.unit, 6 * product,
      3 * NetworkWork.slope,
    ].reduce(0, +)
    #expect(isClose(work.gradientRow, row + gradient))
    #expect(work.gradientPass == 17 * (2 * NetworkWork.parameter + NetworkWork.weightSum))
  }

  @Test("Layers of 64 units and more are products of OpenBLAS, and steps cost nothing")
  func wideLayers() throws {
    let test = NetworkCase(hidden: [64], activation: .step, inputs: 3, outputs: 2)
    let work = try test.model().modelDescription.passWork
    let row = [
      192 * NetworkWork.libraryMultiplyAdd, 128 * product, 66 * NetworkWork.unit,
    ].reduce(0, +)
    #expect(isClose(work.row, row))
  }

  @Test("A cut costs the unit and what it carries on, for each row and offset")
  func cuts() throws {
    let model = try small.model()
    let row = tanh + 2 * product
    #expect(try isClose(model.cutWork(index: 0, offsetCount: 2, rowCount: 10), 20 * row))
    #expect(try isClose(model.cutWork(index: 0, offsetCount: 0, rowCount: 10), 10 * row))
    // A weight of the last layer: its outputs are copied.
    #expect(try isClose(model.cutWork(index: 9, offsetCount: 1, rowCount: 10), 20 * product))
    let work = model.modelDescription.passWork
    #expect(isClose(model.cutCost(index: 0), 1024 * row / (work.pass + 1024 * work.row)))
  }

  @Test("A knot costs all units of its layer, and the layers after it")
  func knots() throws {
    let model = try NetworkCase(hidden: [4, 2], activation: .learned, knots: 5).model()
    let (knot, value) = (NetworkWork.knot, NetworkWork.value(.learned))
    let first = 4 * knot + 14 * product + 2 * value
    #expect(try isClose(model.cutWork(index: 24, offsetCount: 1, rowCount: 7), 7 * first))
    let second = 2 * knot + 6 * product
    #expect(try isClose(model.cutWork(index: 39, offsetCount: 1, rowCount: 7), 7 * second))
  }

  @Test("Changes cost the rows that were looked at, and those that changed")
  func changes() throws {
    let driver = try small.driver()
    try driver.bind([Float](repeating: 1, count: 40), rowCount: 20)
    try driver.openCuts(small.parameters())
    // 20 rows are two lines, of z and h and of both outputs; two offsets other than 0 change 32 lanes each.
    let cut = [far, 8 * NetworkWork.line, 64 * tanh, 128 * product].reduce(0, +)
    // The first call makes the lists of inputs that are not 0.
    let lists = 40 * NetworkWork.listing
    #expect(try isClose(driver.work(along: 0, offsets: [-1, 0, 1]), cut + lists))
    #expect(try isClose(driver.work(along: 0, offsets: [-1, 0, 1]), cut))
    #expect(try isClose(driver.work(along: 9, offsets: [1]), far + 4 * NetworkWork.line))
  }

  @Test("Inputs that are 0 in most rows cost the rows of a list")
  func lists() throws {
    let driver = try small.driver()
    // The first input is 1 in 3 of 20 rows.
    try driver.bind((0..<40).map { $0 < 20 && $0 % 7 != 3 ? 0 : 1 }, rowCount: 20)
    try driver.openCuts(small.parameters())
    _ = try driver.work(along: 0, offsets: [0])
    // z and h of the unit, and both outputs, in 3 rows that make one line of lanes.
    let fetched = 3 * 4 * NetworkWork.fetch
    let cut = [far, 8 * NetworkWork.line, 16 * tanh, fetched, 32 * product].reduce(0, +)
    #expect(try isClose(driver.work(along: 0, offsets: [1]), cut))
    // A move writes the outputs back.
    #expect(try isClose(driver.work(ofMove: 0, by: 1), cut + 6 * NetworkWork.fetch))
  }

  @Test("Units that often keep their value cost a look at each row")
  func looks() throws {
    let test = NetworkCase(hidden: [3], activation: .step, inputs: 2, outputs: 2)
    let driver = try test.driver()
    try driver.bind([Float](repeating: 1, count: 40), rowCount: 20)
    try driver.openCuts(test.parameters())
    _ = try driver.work(along: 0, offsets: [0])
    // A change so small that no unit flips.
    let cut = [far, 4 * NetworkWork.line, 20 * NetworkWork.look].reduce(0, +)
    #expect(try isClose(driver.work(along: 0, offsets: [1e-6]), cut))
  }
}

/// Whether two sums of the same numbers are one, however they were added.
func isClose(_ first: Double, _ second: Double) -> Bool {
  abs(first - second) <= 1e-12 * abs(second)
}

extension SessionDriver {
  /// What a cut says that it was.
  func work(along index: Int, offsets: [Double]) throws -> Double {
    try work(offsets.count) { changes in
      try offsets.withUnsafeBufferPointer {
        try session.cutChanges(index: index, offsets: $0, into: &changes)
      }
    }
  }

  /// What a move says that it was.
  func work(ofMove index: Int, by delta: Double) throws -> Double {
    try work(1) { try session.moveChanges(index: index, delta: delta, into: &$0) }
  }

  private func work(_ count: Int, _ body: (inout CutChanges) throws -> Void) throws -> Double {
    var work = 0.0
    _ = try applied(to: [Float](repeating: 0, count: outputCount * rowCount), count) { changes in
      try body(&changes)
      work = changes.work
    }
    return work
  }
}
