import Foundation
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("Cuts that are smoothed by noise")
struct NoiseTests {
  private let point = [0.3, -0.2, 0.1, 0.5, -0.4, 0.05, 0.02]
  private let width = 0.5

  /// The expected loss over rows at a point, by the formula.
  private func expected(_ p: [Double], rows: some Sequence<Int>) -> Double {
    var (sum, count) = (0.0, 0.0)
    for row in rows {
      let (x, y) = PlaneDataset.features(row)
      let z = p[0] * Double(x) + p[1] * Double(y) + p[2]
      let chance = 1 / (1 + exp(-2 * z / width))
      let label = x + y > 0.3 ? 1 : 0
      func loss(_ h: Double) -> Double {
        let o = [p[3] * h + p[5], p[4] * h + p[6]]
        return log(exp(o[0]) + exp(o[1])) - o[label]
      }
      sum += (1 - chance) * loss(-1) + chance * loss(1)
      count += 1
    }
    return sum / count
  }

  private func objective(
    loss: Loss = .crossEntropy, rows: Int = 1500
  ) throws -> TestObjective {
    try TestObjective(SignModel(), PlaneDataset(rows: rows), loss: loss)
  }

  private func cuts(
    _ objective: TestObjective, base: [Double] = [], moves: [(Int, Double)] = [],
    along indices: [Int], offsets: [Double], noise: Double
  ) throws -> [Double] {
    var query = Query()
    query.kind = .cuts
    query.base = base
    query.moveIndices = moves.map(\.0)
    query.moveDeltas = moves.map(\.1)
    query.cutIndices = indices
    query.offsetCount = offsets.count
    query.offsets = indices.flatMap { _ in offsets }
    query.noise = noise
    var answer = Answer()
    try objective.objective.answer(query, into: &answer)
    return answer.losses
  }

  @Test("Losses along a unit's weights are means over the noise, before and after moves")
  func formula() throws {
    let objective = try objective()
    let offsets = [-0.4, 0, 0.1, 0.7, 0.2]
    var point = point
    var moves: [(Int, Double)] = []
    for (place, index) in [0, 1, 2, 0, 2, 1].enumerated() {
      let found = try cuts(
        objective, base: place == 0 ? point : [], moves: moves, along: [index], offsets: offsets,
        noise: width)
      for (offset, loss) in zip(offsets, found) {
        var moved = point
        moved[index] += offset
        let expected = expected(moved, rows: 0..<1500)
        #expect(abs(loss - expected) < 2e-6, "\(index) \(offset)")
      }
      // A weight of the unit, then an output weight: what the flips are worth is found again.
      moves = place % 2 == 0 ? [(index, 0.15)] : [(3 + place % 4, -0.3)]
      point[moves[0].0] += moves[0].1
    }
  }

  @Test("Without noise the same query has the plain losses again")
  func withoutNoise() throws {
    let (objective, plain) = (try objective(), try objective())
    _ = try cuts(objective, base: point, along: [0], offsets: [0.2], noise: width)
    let found = try cuts(objective, along: [0, 3], offsets: [-0.5, 0.2], noise: 0)
    let expected = try cuts(plain, base: point, along: [0, 3], offsets: [-0.5, 0.2], noise: 0)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("Losses along other parameters are those of one draw of the noise, and repeat")
  func otherParameters() throws {
    func along(_ noise: Double) throws -> [Double] {
      try cuts(try objective(), base: point, along: [3], offsets: [-0.5, 0, 0.5], noise: noise)
    }
    let found = try along(width)
    #expect(try along(width) == found)
    #expect(try along(0) != found)
    // The mean of one draw a row; 1,500 rows, each loss within 0.5 of its mean.
    let expected = expected(point, rows: 0..<1500)
    #expect(abs(found[1] - expected) < 4 * 0.5 / 1500.0.squareRoot())
  }

  @Test("Noise is refused where there is nothing to smooth")
  func refusals() throws {
    let linear = try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2, hasCutChanges: true), PlaneDataset(rows: 20),
      loss: .crossEntropy)
    let error = #expect(throws: ComponentError.self) {
      _ = try cuts(
        linear, base: [Double](repeating: 0, count: 6), along: [0], offsets: [0.1], noise: width)
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("set the noise to 0, or choose step or sign units") == true)
    let squared = try objective(loss: .meanSquaredError)
    let other = #expect(throws: ComponentError.self) {
      _ = try cuts(squared, base: point, along: [0], offsets: [0.1], noise: width)
    }
    #expect(other?.message.contains("takes a loss of classes") == true)
  }
}
