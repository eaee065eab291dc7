import NeuralModels
import QHostInterfaces
import Testing

@Suite("The work of a network in integers")
struct IntegerWorkTests {
  /// 2-3-2: 12 weights of 15 levels, 21 parameters.
  private let small = IntegerCase(hidden: [3], inputs: 2, outputs: 2)

  @Test("A pass costs the products of weights that are not 0, levels and parameters")
  func passes() throws {
    let work = try small.model().modelDescription.passWork
    // Initial weights are up to 0.55 · 7, and those below a half are 0.
    let products = 12 * (1 - 0.5 / 3.85) * IntegerWork.multiplyAdd
    #expect(isClose(work.row, products + 3 * IntegerWork.compared))
    #expect(work.pass == 21 * IntegerWork.parameter)
    var fine = small
    fine.activationBits = 7
    let row = try fine.model().modelDescription.passWork.row
    #expect(isClose(row, products + 3 * IntegerWork.lookedUp))
  }

  @Test("Changes cost a look at all rows, and what follows where a level changes")
  func changes() throws {
    let driver = try small.driver()
    try driver.bind([Float](repeating: 0.9, count: 40), rowCount: 20)
    try driver.openCuts(small.parameters())
    // A change of 0 is looked at and changes no row.
    let looks = 40 * IntegerWork.compared
    #expect(try isClose(driver.work(along: 0, offsets: [0, 0]), IntegerWork.call + looks))
    // The bias of an output, behind 12 parameters of hidden units and 6 weights: 2 outputs in 20 rows.
    let outputs = 40 * IntegerWork.output
    #expect(try isClose(driver.work(along: 18, offsets: [1]), IntegerWork.call + outputs))
  }

  @Test("A cut on all rows costs levels and products")
  func cuts() throws {
    let work = try small.model().cutWork(index: 0, offsetCount: 2, rowCount: 10)
    #expect(isClose(work, 20 * (IntegerWork.compared + 2 * IntegerWork.multiplyAdd)))
  }
}
