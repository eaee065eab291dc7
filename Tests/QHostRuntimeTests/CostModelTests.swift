import QHostInterfaces
import QHostRuntime
import Testing

@Suite("The model of cost")
struct CostModelTests {
  private let passes = PassWork(row: 10, pass: 100, gradientRow: 25, gradientPass: 400)

  private func costs(_ loss: Loss = .crossEntropy, rowCount: Int = 3000) -> CostModel {
    CostModel(passes: passes, loss: loss, inputCount: 4, outputCount: 2, rowCount: rowCount)
  }

  /// The loss of a row of two classes: 38 and 17 for each.
  private let row = 10.0 + 38 + 2 * 17

  @Test("A loss on all rows costs 1, on some the work of their rows and blocks")
  func points() {
    #expect(costs().point(rowCount: 3000) == 1)
    // 3,000 rows are three blocks, 1,025 are two, 100 are one.
    let whole = 3 * (HostWork.point + 100) + 3000 * row
    #expect(costs().unit == whole)
    #expect(costs().point(rowCount: 1025) == (2 * (HostWork.point + 100) + 1025 * row) / whole)
    #expect(costs().point(rowCount: 100) == (HostWork.point + 100 + 100 * row) / whole)
  }

  @Test("Losses cost what is computed for each output", arguments: Loss.allCases)
  func losses(loss: Loss) {
    let expected: [Loss: Double] = [
      .crossEntropy: 38 + 2 * 17, .errorRate: 51 + 2 * 12, .crossEntropyAndError: 38 + 51 + 2 * 29,
      .meanSquaredError: 2 * 7.4, .meanAbsoluteError: 2 * 7.4, .margin: 51 + 2 * 12, .score: 0,
    ]
    #expect(loss.rowWork(outputCount: 2) == expected[loss])
  }

  @Test("A gradient costs what the model says and the slopes of the loss")
  func gradients() {
    let work = 3 * (HostWork.point + 400) + 3000 * (25 + 38 + 2 * 53)
    #expect(costs().gradient(rowCount: 3000) == work / costs().unit)
  }

  @Test("A minibatch costs its rows and their inputs")
  func batches() {
    let work = 128 * (HostWork.batchRow + 4 * HostWork.batchInput)
    #expect(costs().batch(rowCount: 128) == work / costs().unit)
  }

  @Test("Opening cuts costs a pass, and the base point's losses where they are kept")
  func opening() {
    let kept = costs().opening(rowCount: 3000, keepsLosses: true)
    #expect(kept == 1 + 3000 * 2 * HostWork.baseOutput / costs().unit)
    #expect(costs().opening(rowCount: 3000, keepsLosses: false) == 1)
  }

  @Test("Cuts and moves on all rows cost the model's work, a call a block, and the losses")
  func cuts() {
    let (costs, unit) = (costs(), costs().unit)
    let cut = 5000 + 3 * (HostWork.call + 2 * HostWork.offset) + 2 * 3000 * (38 + 34)
    #expect(costs.cut(work: 5000, offsetCount: 2, rowCount: 3000) == cut / unit)
    #expect(costs.move(work: 5000, rowCount: 3000) == (5000 + 3 * HostWork.call) / unit)
    #expect(costs.cutQuery(rowCount: 3000) == 3 * HostWork.cuts / unit)
    #expect(costs.furtherCut == HostWork.furtherCut / unit)
  }

  @Test("Changes cost the model's work and the losses of the rows that change, by lines of 16")
  func changes() {
    var counts: [UInt64] = [0, 17, 100]
    var rows: [UInt32] = [0]
    var outputs: [Float] = [0]
    let work = counts.withUnsafeMutableBufferPointer { counts in
      rows.withUnsafeMutableBufferPointer { rows in
        outputs.withUnsafeMutableBufferPointer { outputs -> Double? in
          guard let counts = counts.baseAddress, let rows = rows.baseAddress,
            let outputs = outputs.baseAddress
          else { return nil }
          var changes = CutChanges(stride: 112, rowCounts: counts, rows: rows, outputs: outputs)
          changes.multiplyAdds = 700
          return costs().work(of: changes, offsetCount: 3, rowCount: 100)
        }
      }
    }
    // The offset that changes nothing costs nothing; the one that changes all rows looks nothing up.
    let expected =
      HostWork.call + 700 + 2 * HostWork.offset + (32 + 112) * (38 + 34) + 17 * HostWork.changedRow
    #expect(work == expected)
  }

  @Test("Where a dataset scores, only rows count")
  func scores() {
    let costs = costs(.score, rowCount: 4)
    #expect(costs.point(rowCount: 4) == 1 && costs.point(rowCount: 1) == 0.25)
    #expect(costs.opening(rowCount: 4, keepsLosses: false) == 1)
    #expect(costs.batch(rowCount: 4) == 0 && costs.cutQuery(rowCount: 4) == 0)
  }
}
