import QHostInterfaces
import Testing

@Suite("The work of a network in whole numbers")
struct IntegerWorkTests {
  /// 2-3-2: 12 weights of 15 levels, 21 parameters.
  private let small = IntegerCase(hidden: [3], inputs: 2, outputs: 2)

  private func isClose(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-12 * abs(second)
  }

  @Test("A pass costs the products of weights that are not 0, levels and parameters")
  func passes() throws {
    let work = try small.model().modelDescription.passWork
    // Initial weights are up to 0.55 · 7, and those below a half are 0.
    #expect(isClose(work.row, 0.89 * (1 - 0.5 / 3.85) * 12 + 24 * 3))
    #expect(work.pass == 380 * 21)
    var fine = small
    fine.activationBits = 7
    let row = try fine.model().modelDescription.passWork.row
    #expect(isClose(row - work.row, (35 - 24) * 3))
  }

  @Test("Changes cost a look at all rows, and what follows where a level changes")
  func changes() throws {
    let driver = try small.driver()
    try driver.bind([Float](repeating: 0.9, count: 40), rowCount: 20)
    try driver.openCuts(small.parameters())
    // A change of 0 is looked at and changes no row.
    #expect(try isClose(driver.work(along: 0, offsets: [0, 0]), 11_000 + 24 * 2 * 20))
    // The bias of an output: its 2 outputs are computed in 20 rows.
    let bias = 3 * (2 + 2) + 2 * 3
    #expect(try isClose(driver.work(along: bias, offsets: [1]), 11_000 + 0.22 * 40))
  }

  @Test("A cut on all rows costs levels and products")
  func cuts() throws {
    let model = try small.model()
    #expect(
      try isClose(
        model.cutWork(index: 0, offsetCount: 2, rowCount: 10), 20 * (24 + 0.89 * 2)))
  }
}
