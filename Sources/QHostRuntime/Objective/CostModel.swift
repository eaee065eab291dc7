package import QHostInterfaces

/// What answers cost: their modelled processor time, as a part of that of a pass of so many rows.
///
/// A loss at one point on these rows costs 1. Everything else costs what its work is of that loss's work:
/// what the model says of its passes and cuts, and what the host adds for losses, calls and batches. Only
/// counts enter, so that the same answers cost the same on any machine and any number of threads.
///
/// Where a dataset scores the outputs nobody knows what a score takes: then a score of all rows costs 1,
/// a gradient with its loss 2, and nothing else costs anything.
package struct CostModel: Sendable {
  private let passes: PassWork
  private let lossRow: Double
  private let gradientLossRow: Double
  private let batchRow: Double
  private let baseRow: Double
  private let isScore: Bool
  private let blockRows: Int
  /// The work of a loss at one point on all rows; with a score, their number.
  package let unit: Double

  /// Makes the cost of a model's answers.
  ///
  /// - Parameters:
  ///   - passes: what the model says of its passes.
  ///   - loss: what is made of its outputs.
  ///   - inputCount: F.
  ///   - outputCount: C.
  ///   - rowCount: rows of the pass that is the unit.
  ///   - blockRows: the most rows that are worked on at once.
  package init(
    passes: PassWork, loss: Loss, inputCount: Int, outputCount: Int, rowCount: Int,
    blockRows: Int = RowBlock.capacity
  ) {
    self.passes = passes
    self.blockRows = blockRows
    lossRow = loss.rowWork(outputCount: outputCount)
    gradientLossRow = loss.gradientWork(outputCount: outputCount)
    batchRow = HostWork.batchRow + HostWork.batchInput * Double(inputCount)
    baseRow = HostWork.baseOutput * Double(outputCount)
    isScore = loss == .score
    unit =
      isScore
      ? Double(rowCount)
      : Self.loss(
        passes: passes, lossRow: lossRow, rowCount: rowCount,
        blocks: Self.blocks(rowCount, of: blockRows))
  }

  /// Blocks that so many rows are worked on in.
  private static func blocks(_ rowCount: Int, of blockRows: Int) -> Double {
    Double((rowCount + blockRows - 1) / blockRows)
  }

  private func blocks(_ rowCount: Int) -> Double { Self.blocks(rowCount, of: blockRows) }

  private static func loss(
    passes: PassWork, lossRow: Double, rowCount: Int, blocks: Double
  ) -> Double {
    blocks * (HostWork.point + passes.pass) + Double(rowCount) * (passes.row + lossRow)
  }

  /// A loss at a point, on so many rows.
  package func point(rowCount: Int) -> Double {
    guard !isScore else { return Double(rowCount) / unit }
    return Self.loss(
      passes: passes, lossRow: lossRow, rowCount: rowCount, blocks: blocks(rowCount)) / unit
  }

  /// A loss and its gradient.
  package func gradient(rowCount: Int) -> Double {
    guard !isScore else { return 2 * Double(rowCount) / unit }
    let blocks = self.blocks(rowCount) * (HostWork.point + passes.gradientPass)
    return (blocks + Double(rowCount) * (passes.gradientRow + gradientLossRow)) / unit
  }

  /// Taking the rows of a minibatch.
  package func batch(rowCount: Int) -> Double { isScore ? 0 : Double(rowCount) * batchRow / unit }

  /// Making a point the base of cuts, whose losses are kept by rows or not.
  package func opening(rowCount: Int, keepsLosses: Bool) -> Double {
    let base = isScore || !keepsLosses ? 0 : Double(rowCount) * baseRow / unit
    return point(rowCount: rowCount) + base
  }

  /// A query for cuts, beside its cuts and moves.
  package func cutQuery(rowCount: Int) -> Double {
    isScore ? 0 : blocks(rowCount) * HostWork.cuts / unit
  }

  /// A cut after the first of a query whose cuts are counted, beside what is counted.
  package var furtherCut: Double { HostWork.furtherCut / unit }

  /// A cut on all rows, whose work is the model's; how many offsets it has.
  package func cut(work: Double, offsetCount: Int, rowCount: Int) -> Double {
    let blocks = self.blocks(rowCount) * (HostWork.call + Double(offsetCount) * HostWork.offset)
    return (work + blocks + Double(offsetCount * rowCount) * lossRow) / unit
  }

  /// A move on all rows.
  package func move(work: Double, rowCount: Int) -> Double {
    (work + blocks(rowCount) * HostWork.call) / unit
  }

  /// The work of a call for changes in a block of rows, and of the losses that change.
  package func work(of changes: CutChanges, offsetCount: Int, rowCount: Int) -> Double {
    var moving = 0
    var lanes = 0
    var some = 0
    for offset in 0..<offsetCount {
      let count = Int(changes.rowCounts[offset])
      guard count > 0 else { continue }
      moving += 1
      lanes += (count + 15) & ~15
      if count < rowCount { some += count }
    }
    return HostWork.call + changes.countedWork + Double(moving) * HostWork.offset
      + Double(lanes) * lossRow + Double(some) * HostWork.changedRow
  }
}
