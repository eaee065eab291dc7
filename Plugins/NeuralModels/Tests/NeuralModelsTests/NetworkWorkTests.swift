import QHostInterfaces
import Testing

@Suite("The work of a network")
struct NetworkWorkTests {
  /// 2-3-2: 12 weights, 17 parameters.
  private let small = NetworkCase(hidden: [3], activation: .tanh, inputs: 2, outputs: 2)

  private func isClose(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-12 * abs(second)
  }

  @Test("A pass costs products, units, activations and parameters")
  func passes() throws {
    let work = try small.model().modelDescription.passWork
    let row = 1.1 * 12 + 4.5 * 5 + 8.7 * 3
    #expect(isClose(work.row, row))
    #expect(work.pass == 64 * 17)
    // Products for 12 weights; those for the 3 hidden units from 2 outputs, and their slopes.
    #expect(isClose(work.gradientRow, row + 0.83 * 12 + 4.5 * 5 + 1.1 * 6 + 9.1 * 3))
    #expect(work.gradientPass == (2 * 64 + 250) * 17)
  }

  @Test("Layers of 64 units and more are products of OpenBLAS, and steps cost nothing")
  func wideLayers() throws {
    let test = NetworkCase(hidden: [64], activation: .step, inputs: 3, outputs: 2)
    let work = try test.model().modelDescription.passWork
    #expect(isClose(work.row, 1.1 * (3 * 64) + 1.1 * (64 * 2) + 4.5 * 66))
  }

  @Test("A cut costs the unit and what it carries on, for each row and offset")
  func cuts() throws {
    let model = try small.model()
    #expect(
      try isClose(model.cutWork(index: 0, offsetCount: 2, rowCount: 10), 20 * (8.7 + 2 * 1.1)))
    #expect(
      try isClose(model.cutWork(index: 0, offsetCount: 0, rowCount: 10), 10 * (8.7 + 2 * 1.1)))
    // A weight of the last layer: its outputs are copied.
    #expect(try isClose(model.cutWork(index: 9, offsetCount: 1, rowCount: 10), 10 * 2 * 1.1))
    let work = model.modelDescription.passWork
    let part = 1024 * (8.7 + 2 * 1.1) / (work.pass + 1024 * work.row)
    #expect(isClose(model.cutCost(index: 0), part))
  }

  @Test("A knot costs all units of its layer, and the layers after it")
  func knots() throws {
    let model = try NetworkCase(hidden: [4, 2], activation: .learned, knots: 5).model()
    let first = 10.0 * 4 + 1.1 * (4 * 2 + 2 * 3) + 53 * 2
    #expect(try isClose(model.cutWork(index: 24, offsetCount: 1, rowCount: 7), 7 * first))
    let second = 10.0 * 2 + 1.1 * 6
    #expect(try isClose(model.cutWork(index: 39, offsetCount: 1, rowCount: 7), 7 * second))
  }

  @Test("Changes cost the rows that were looked at, and those that changed")
  func changes() throws {
    let driver = try small.driver()
    try driver.bind([Float](repeating: 1, count: 40), rowCount: 20)
    try driver.openCuts(small.parameters())
    let far = 34_000.0 * 17 / 80_000
    // Two lines of z and h, and of both outputs; two offsets other than 0 change all rows, 32 lanes each.
    let cut = far + 2 * 22 * 2 + 2 * 22 * 2 + 8.7 * 2 * 32 + 2 * 1.1 * 64
    // The first call makes the lists of inputs that are not 0.
    #expect(try isClose(driver.work(along: 0, offsets: [-1, 0, 1]), cut + 41 * 40))
    #expect(try isClose(driver.work(along: 0, offsets: [-1, 0, 1]), cut))
    // A weight of the last layer: two lines are read.
    #expect(try isClose(driver.work(along: 9, offsets: [1]), far + 2 * 22 * 2))
  }

  @Test("Inputs that are 0 in most rows cost the rows of a list")
  func lists() throws {
    let driver = try small.driver()
    // The first input is 1 in 3 of 20 rows.
    try driver.bind((0..<40).map { $0 < 20 && $0 % 7 != 3 ? 0 : 1 }, rowCount: 20)
    try driver.openCuts(small.parameters())
    _ = try driver.work(along: 0, offsets: [0])
    let far = 34_000.0 * 17 / 80_000
    let lines = 2.0 * 22 * 2 + 2 * 22 * 2
    let cut = far + lines + 8.7 * 16 + 2 * 17 * 3 + 2 * 17 * 3 + 2 * 1.1 * 16
    #expect(try isClose(driver.work(along: 0, offsets: [1]), cut))
    // A move writes the outputs back.
    #expect(try isClose(driver.work(ofMove: 0, by: 1), cut + 2 * 17 * 3))
  }
}

extension SessionDriver {
  /// What a cut says that it was.
  func work(along index: Int, offsets: [Double]) throws -> Double {
    var work = 0.0
    let base = [Float](repeating: 0, count: outputCount * rowCount)
    _ = try applied(to: base, offsets.count) { changes in
      try offsets.withUnsafeBufferPointer {
        try session.cutChanges(index: index, offsets: $0, into: &changes)
      }
      work = changes.work
    }
    return work
  }

  /// What a move says that it was.
  func work(ofMove index: Int, by delta: Double) throws -> Double {
    var work = 0.0
    let base = [Float](repeating: 0, count: outputCount * rowCount)
    _ = try applied(to: base, 1) { changes in
      try session.moveChanges(index: index, delta: delta, into: &changes)
      work = changes.work
    }
    return work
  }
}
