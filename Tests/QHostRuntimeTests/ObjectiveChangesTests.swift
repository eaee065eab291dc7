import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Cuts of a model that says what changes")
struct ObjectiveChangesTests {
  private let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]

  private func make(
    _ loss: Loss = .crossEntropy, rows: Int = 1500, batchRows: Int = 0, says: Bool = true,
    fault: LinearModel.Fault = .none
  ) throws -> TestObjective {
    try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2, fault: fault, hasCutChanges: says),
      PlaneDataset(rows: rows), loss: loss, batchRows: batchRows)
  }

  @Test(
    "Losses are those of whole rows, over moves and batches",
    arguments: [Loss.crossEntropy, .errorRate, .crossEntropyAndError, .margin, .meanSquaredError],
    [3, 1024, 1500])
  func agreement(loss: Loss, rows: Int) throws {
    let (kept, whole) = (
      try make(loss, rows: rows, batchRows: rows / 2),
      try make(loss, rows: rows, batchRows: rows / 2, says: false)
    )
    let offsets = [-0.5, 0, 0.25]
    for (place, batch) in [Query.Batch.next, .same, .same, .next, .full, .same].enumerated() {
      let base = place == 0 ? point : []
      let moves = place == 0 ? [] : [(place % 6, 0.3), ((place + 2) % 6, -0.2)]
      let found = try kept.cuts(
        base: base, moves: moves, along: [place, 5 - place], offsets: offsets, on: batch)
      let expected = try whole.cuts(
        base: base, moves: moves, along: [place, 5 - place], offsets: offsets, on: batch)
      // Losses of rows are kept in single precision.
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 3e-7 * max(1, abs($1)) })
    }
  }

  /// What the linear model says: 6 multiply-adds a row, as many parameters, and 2.5 times that.
  private func costs(rowCount: Int) -> CostModel {
    CostModel(
      passes: PassWork(row: 6, pass: 6, gradientCost: 2.5), loss: .crossEntropy, inputCount: 2,
      outputCount: 2, rowCount: rowCount)
  }

  @Test("The work is what the model counts, and the first pass")
  func counting() throws {
    let objective = try make(rows: 100)
    _ = try objective.cuts(base: point, along: [0], offsets: [-0.5, 0, 0.25])
    // One multiply-add a changed row; rows without the feature stay, and an offset of 0 changes none.
    let changed = (0..<100).count { PlaneDataset.features($0).0 != 0 }
    #expect(changed < 100 && changed > 96)
    let costs = costs(rowCount: 100)
    let row = Loss.crossEntropy.rowWork(outputCount: 2)
    let work =
      HostWork.cuts + HostWork.call
      + 2 * (HostWork.offset + Double(changed) * (1 + HostWork.changedRow) + 112 * row)
    let expected = costs.opening(rowCount: 100, keepsLosses: true) + work / costs.unit
    #expect(abs(objective.objective.cost.forwardEquivalents - expected) < 1e-12)
    #expect(objective.objective.cost.lossEvaluations == 3)
  }

  @Test("Two cuts of one query cost what they cost in two, less what a query costs beside its cuts")
  func severalCuts() throws {
    func passes(_ queries: [[Int]]) throws -> Double {
      let objective = try make(rows: 100)
      for (place, indices) in queries.enumerated() {
        _ = try objective.cuts(
          base: place == 0 ? point : [], along: indices, offsets: [-0.5, 0.25])
      }
      return objective.objective.cost.forwardEquivalents
    }
    let unit = costs(rowCount: 100).unit
    let saved = (HostWork.cuts - HostWork.furtherCut) / unit
    #expect(abs(try passes([[0], [3]]) - passes([[0, 3]]) - saved) < 1e-12)
  }

  @Test("A base point without a loss does not spoil the cuts through it")
  func infinite() throws {
    let (kept, whole) = (try make(fault: .infinite), try make(says: false, fault: .infinite))
    var far = point
    far[0] = 101
    for objective in [kept, whole] {
      let losses = try objective.cuts(base: far, along: [0], offsets: [-50, 0, 3])
      #expect(losses[0].isFinite && losses[1] == .infinity && losses[2] == .infinity)
    }
    let back = try kept.cuts(moves: [(0, -100.7)], along: [1], offsets: [0, 1])
    let expected = try whole.cuts(moves: [(0, -100.7)], along: [1], offsets: [0, 1])
    #expect(zip(back, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(try kept.cuts(along: [0], offsets: [200]) == [.infinity])
  }
}
