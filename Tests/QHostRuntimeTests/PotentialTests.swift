import Foundation
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Cuts along one unit after the other")
struct PotentialTests {
  private let point = [0.3, -0.2, 0.1, 0.5, -0.4, 0.05, 0.02]
  private let offsets = [-0.4, 0, 0.1, 0.7]

  /// Losses of cuts along parameters one after the other, with a move along each.
  private func losses(
    _ model: CurveModel, _ point: [Double], along indices: [Int], rows: Int = 1500,
    loss: Loss = .crossEntropy
  ) throws -> [Double] {
    let objective = try TestObjective(model, PlaneDataset(rows: rows), loss: loss)
    var found: [Double] = []
    for (place, index) in indices.enumerated() {
      found += try objective.cuts(
        base: place == 0 ? point : [],
        moves: place == 0 ? [] : [(indices[place - 1], Double(place % 5 - 2) / 20)],
        along: [index], offsets: offsets)
    }
    return found
  }

  private func check(_ point: [Double], along indices: [Int], tolerance: Double) throws
    -> CurveModel
  {
    let (model, plain) = (CurveModel(), CurveModel(hasPotentials: false))
    let found = try losses(model, point, along: indices)
    let expected = try losses(plain, point, along: indices)
    #expect(plain.openedCount == 0)
    let worst = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst < tolerance, "\(worst)")
    return model
  }

  @Test("A long run along a unit is answered from its potential, and others are not")
  func runs() throws {
    let unit = (0..<40).map { $0 % 3 }
    // 1,500 rows are two blocks; seven cuts come before the unit is opened.
    let long = try check(point, along: unit, tolerance: 1e-6)
    #expect(long.openedCount == 2 && long.summedCount == 2 * 33)
    let mixed = try check(point, along: (0..<40).map { $0 % 7 }, tolerance: 1e-6)
    #expect(mixed.openedCount == 0)
    // After a long run the next one is expected to be long.
    let again = try check(point, along: unit + [3, 5] + unit, tolerance: 1e-6)
    #expect(again.openedCount == 4 && again.summedCount == 2 * (33 + 40))
  }

  @Test("Polynomials are within 2e-6 of the mean loss, and units that they do not meet are refused")
  func steepness() throws {
    let unit = (0..<30).map { $0 % 3 }
    for weight in [0.01, 1, 2, 4] {
      let model = try check(
        [0.6, -0.4, 0.1, weight, -weight, 0.3, 0], along: unit, tolerance: 2e-6)
      #expect(model.summedCount > 0 || weight > 1, "\(weight)")
    }
    let steep = try check([0.6, -0.4, 0.1, 30, -30, 0.3, 0], along: unit, tolerance: 1e-5)
    #expect(steep.openedCount == 0)
  }

  @Test("Few rows, other losses and infinite outputs are answered as ever")
  func exceptions() throws {
    let unit = (0..<30).map { $0 % 3 }
    let few = CurveModel()
    _ = try losses(few, point, along: unit, rows: 200)
    let errors = CurveModel()
    _ = try losses(errors, point, along: unit, loss: .errorRate)
    #expect(few.openedCount == 0 && errors.openedCount == 0)
    let endless = CurveModel()
    let found = try losses(
      endless, [0.3, -0.2, 0.1, 1e39, -1e39, 0, 0], along: unit)
    #expect(endless.openedCount == 0)
    #expect(found.allSatisfy { !$0.isFinite })
  }

  @Test("Losses are the same on one thread and on two")
  func threads() throws {
    func found(_ threads: Int) throws -> [Double] {
      let objective = try TestObjective(
        CurveModel(), PlaneDataset(rows: 1500), loss: .crossEntropy, threads: threads)
      return try (0..<30).flatMap { place in
        try objective.cuts(
          base: place == 0 ? point : [], moves: place == 0 ? [] : [((place - 1) % 3, 0.03)],
          along: [place % 3], offsets: offsets)
      }
    }
    #expect(try found(1) == found(2))
  }
}
