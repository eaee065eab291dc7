import Foundation
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Objective")
struct ObjectiveTests {
  private let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]

  private func linear(cuts: Bool = true, fault: LinearModel.Fault = .none) -> LinearModel {
    LinearModel(inputCount: 2, outputCount: 2, hasCuts: cuts, fault: fault)
  }

  /// Cross-entropy of the linear model over rows of the plane, by the definition.
  private func crossEntropy(_ p: [Double], rows: Range<Int>) -> Double {
    let sum = rows.reduce(0.0) { sum, row in
      let (x, y) = PlaneDataset.features(row)
      let z = (0..<2).map { p[2 * $0] * Double(x) + p[2 * $0 + 1] * Double(y) + p[4 + $0] }
      let label = x + y > 0.3 ? 1 : 0
      return sum + log(exp(z[0]) + exp(z[1])) - z[label]
    }
    return sum / Double(rows.count)
  }

  @Test("Losses at points are means over rows", arguments: [1, 40, 1024, 1025, 3000])
  func points(rows: Int) throws {
    let objective = try TestObjective(linear(), PlaneDataset(rows: rows))
    let other = point.map { $0 * 2 }
    let losses = try objective.points([point, other])
    // Outputs are 32-bit: 2⁻²⁴ relative, and values up to about 2.
    #expect(abs(losses[0] - crossEntropy(point, rows: 0..<rows)) < 1e-6)
    #expect(abs(losses[1] - crossEntropy(other, rows: 0..<rows)) < 1e-6)
  }

  @Test("The number of threads changes no bit", arguments: [2, 3, 4])
  func threads(count: Int) throws {
    let one = try TestObjective(linear(), PlaneDataset(rows: 5000))
    let many = try TestObjective(linear(), PlaneDataset(rows: 5000), threads: count)
    for _ in 0..<20 {
      #expect(try one.points([point]) == many.points([point]))
      #expect(try one.gradient(point).gradient == many.gradient(point).gradient)
    }
  }

  @Test(
    "The gradient is that of the losses at points",
    arguments: [Loss.crossEntropy, .meanSquaredError, .meanAbsoluteError])
  func gradient(loss: Loss) throws {
    let objective = try TestObjective(linear(), PlaneDataset(rows: 2100), loss: loss)
    let answer = try objective.gradient(point)
    #expect(try answer.losses == objective.points([point]))
    for index in point.indices {
      var (low, high) = (point, point)
      low[index] -= 0.01
      high[index] += 0.01
      let losses = try objective.points([low, high])
      // h²/6 times third derivatives below 1, and 2⁻²³/h of rounding; `mae` has kinks within h.
      let difference = (losses[1] - losses[0]) / 0.02
      #expect(abs(difference - answer.gradient[index]) < (loss == .meanAbsoluteError ? 0.02 : 2e-3))
    }
  }

  @Test(
    "Cuts are the losses at points, by the model's cuts and by whole passes",
    arguments: [true, false])
  func cuts(areFast: Bool) throws {
    let objective = try TestObjective(linear(cuts: areFast), PlaneDataset(rows: 1500))
    #expect(objective.objective.hasFastCuts == areFast)
    let offsets = [-0.5, 0, 0.25]
    var base = point
    func expected(_ index: Int) throws -> [Double] {
      try objective.points(
        offsets.map { offset in
          var shifted = base
          shifted[index] += offset
          return shifted
        })
    }
    let first = try objective.cuts(base: base, along: [4, 0], offsets: offsets)
    base[0] += 0.125
    base[0] += 0.25
    base[3] -= 0.5
    let second = try objective.cuts(
      moves: [(0, 0.125), (0, 0.25), (3, -0.5)], along: [3], offsets: offsets)
    #expect(try second == expected(3))
    base = point
    #expect(try first == expected(4) + expected(0))
  }

  @Test("Points between two queries for cuts leave the base point where it is")
  func pointsBetweenCuts() throws {
    let objective = try TestObjective(linear(), PlaneDataset(rows: 1500))
    let offsets = [-0.5, 0.25]
    let before = try objective.cuts(base: point, along: [2], offsets: offsets)
    _ = try objective.points([point.map { $0 + 3 }])
    #expect(try objective.cuts(along: [2], offsets: offsets) == before)
    _ = try objective.gradient(point.map { $0 - 3 })
    #expect(try objective.cuts(along: [2], offsets: offsets) == before)
  }

  @Test("Cuts without a base point are refused")
  func cutsWithoutABase() throws {
    let objective = try TestObjective(linear(), PlaneDataset())
    let error = #expect(throws: ComponentError.self) {
      try objective.cuts(along: [0], offsets: [0])
    }
    #expect(error?.message.contains("without a base point") == true)
  }

  @Test("Every query is counted with the work that it is")
  func counting() throws {
    let objective = try TestObjective(linear(), PlaneDataset(rows: 40), batchRows: 10)
    // What the linear model says: 6 multiply-adds a row, as many parameters, and 2.5 times that.
    let costs = CostModel(
      passes: PassWork(row: 6, pass: 6, gradientCost: 2.5), loss: .crossEntropy, inputCount: 2,
      outputCount: 2, rowCount: 40)
    var passes = 0.0
    func expectPasses(_ more: Double) {
      passes += more
      #expect(abs(objective.objective.cost.forwardEquivalents - passes) < 1e-9)
    }
    let cost = { objective.objective.cost }
    let (batch, point10) = (costs.batch(rowCount: 10), costs.point(rowCount: 10))
    _ = try objective.points([point, point, point], on: .next)
    #expect(cost().lossEvaluations == 3)
    expectPasses(batch + 3 * point10)
    _ = try objective.gradient(point, on: .next)
    #expect(cost().gradientEvaluations == 1)
    expectPasses(batch + costs.gradient(rowCount: 10))
    _ = try objective.points([point], on: .full)
    expectPasses(1)
    #expect(cost().lossEvaluations == 3 + 4)
    // Opening, and a quarter of a row for each offset; then for the move as well.
    func cut(_ offsetCount: Int) -> Double {
      costs.cut(work: 0.25 * 6 * Double(offsetCount * 10), offsetCount: offsetCount, rowCount: 10)
    }
    _ = try objective.cuts(base: point, along: [0, 1], offsets: [0, 1, 2], on: .next)
    let query = costs.cutQuery(rowCount: 10)
    expectPasses(batch + costs.opening(rowCount: 10, keepsLosses: false) + query + 2 * cut(3))
    _ = try objective.cuts(moves: [(0, 1)], along: [0], offsets: [0])
    expectPasses(query + costs.move(work: 0.25 * 6 * 10, rowCount: 10) + cut(1))
    #expect(cost().lossEvaluations == 3 + 4 + 6 + 1)
    #expect(cost().evaluations == 15)
  }

  @Test("Cuts by whole passes are counted as passes")
  func countingWholePasses() throws {
    let objective = try TestObjective(linear(cuts: false), PlaneDataset())
    _ = try objective.cuts(base: point, along: [0, 1], offsets: [0, 1, 2])
    #expect(objective.objective.cost.forwardEquivalents == 6)
    #expect(objective.objective.cost.lossEvaluations == 6)
  }

  @Test("Infinite outputs are an infinite loss, and counted")
  func infiniteOutputs() throws {
    let objective = try TestObjective(linear(fault: .infinite), PlaneDataset())
    let losses = try objective.points([point, [101, 0, 0, 0, 0, 0]])
    #expect(losses[0].isFinite)
    #expect(losses[1] == .infinity)
    #expect(objective.objective.cost.discarded == 1)
  }

  @Test("Outputs of NaN are the model's fault")
  func outputsOfNaN() throws {
    let objective = try TestObjective(linear(fault: .notANumber), PlaneDataset())
    let error = #expect(throws: ComponentError.self) {
      try objective.points([[101, 0, 0, 0, 0, 0]])
    }
    #expect(error?.message.contains("model 'linear' gave NaN") == true)
  }

  @Test("An infeasible point has an infinite loss")
  func infeasiblePoints() throws {
    let objective = try TestObjective(linear(fault: .discard), PlaneDataset())
    #expect(try objective.points([[101, 0, 0, 0, 0, 0]]) == [.infinity])
    #expect(try objective.points([point])[0].isFinite)
    #expect(objective.objective.cost.discarded == 1)
  }

  @Test("An infeasible point among others leaves them their losses")
  func infeasibleAmongOthers() throws {
    let objective = try TestObjective(linear(fault: .discard), PlaneDataset())
    let other = point.map { $0 + 0.5 }
    let alone = try [point, other].map { try objective.points([$0])[0] }
    let losses = try objective.points([point, [101, 0, 0, 0, 0, 0], other])
    #expect(losses == [alone[0], .infinity, alone[1]])
    #expect(objective.objective.cost.discarded == 1)
  }

  @Test("A gradient that is not finite ends with a remedy")
  func gradientNotFinite() throws {
    let objective = try TestObjective(linear(fault: .infinite), PlaneDataset())
    let error = #expect(throws: ComponentError.self) {
      try objective.gradient([101, 0, 0, 0, 0, 0])
    }
    #expect(error?.message.contains("lower the learning rate") == true)
  }

  @Test(
    "A gradient that is not there is refused", arguments: [Loss.errorRate, .crossEntropyAndError])
  func noGradient(loss: Loss) throws {
    let objective = try TestObjective(linear(), PlaneDataset(), loss: loss)
    #expect(!objective.objective.queries.contains(.gradient))
    #expect(throws: ComponentError.self) { try objective.gradient(point) }
  }
}
