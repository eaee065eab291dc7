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

  /// Checks that losses are within a thousandth of what those of their cut differ by.
  private func check(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    for start in stride(from: 0, to: expected.count, by: offsets.count) {
      let cut = expected[start..<start + offsets.count]
      let range = (cut.max() ?? 0) - (cut.min() ?? 0)
      for place in cut.indices {
        #expect(abs(found[place] - expected[place]) < 1e-6 + 1e-3 * range, "\(place)")
      }
    }
  }

  private func check(_ point: [Double], along indices: [Int]) throws -> CurveModel {
    let (model, plain) = (CurveModel(), CurveModel(hasPotentials: false))
    let found = try losses(model, point, along: indices)
    let expected = try losses(plain, point, along: indices)
    #expect(plain.openedCount == 0)
    check(found, expected)
    return model
  }

  @Test("A long run along a unit is answered from its potential, and others are not")
  func runs() throws {
    let unit = (0..<40).map { $0 % 3 }
    // 1,500 rows are two blocks; seven cuts come before the unit is opened.
    let long = try check(point, along: unit)
    #expect(long.openedCount == 2 && long.summedCount == 2 * 33)
    let mixed = try check(point, along: (0..<40).map { $0 % 7 })
    #expect(mixed.openedCount == 0)
    // After a long run the next one is expected to be long.
    let again = try check(point, along: unit + [3, 5] + unit)
    #expect(again.openedCount == 4 && again.summedCount == 2 * (33 + 40))
  }

  @Test(
    "Polynomials are within a thousandth of what a cut's losses differ by, and units that they do not meet are refused"
  )
  func steepness() throws {
    let unit = (0..<30).map { $0 % 3 }
    for weight in [0.01, 1, 2, 4] {
      let model = try check([0.6, -0.4, 0.1, weight, -weight, 0.3, 0], along: unit)
      #expect(model.summedCount > 0 || weight > 1, "\(weight)")
    }
    let steep = try check([0.6, -0.4, 0.1, 300, -300, 0.3, 0], along: unit)
    #expect(steep.openedCount == 0)
  }

  @Test(
    "A unit whose rows leave its places is opened again where they are, and refused where that goes on"
  )
  func leaving() throws {
    let unit = (0..<40).map { $0 % 3 }
    let (narrow, plain) = (CurveModel(reach: 1), CurveModel(hasPotentials: false))
    let found = try losses(narrow, point, along: unit)
    let expected = try losses(plain, point, along: unit)
    check(found, expected)
    #expect(narrow.openedCount > 2 && narrow.openedCount <= 2 * 9)
    // Too narrow for any cut: each opening is in vain.
    let hopeless = CurveModel(reach: 0.5)
    let others = try losses(hopeless, point, along: unit)
    check(others, expected)
    #expect(hopeless.summedCount == 0 && hopeless.openedCount == 2 * 9)
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
