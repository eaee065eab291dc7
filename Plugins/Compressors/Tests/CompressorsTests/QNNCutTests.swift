import Compressors
import Foundation
import QHostInterfaces
import Testing

@Suite("Cuts of qnn")
struct QNNCutTests {
  private static let offsets = [-2.3, 0, 0.7, 9.1]

  private func cut(_ session: any ModelSession, _ index: Int, rowCount: Int) throws -> [Float] {
    var outputs = [Float](repeating: .nan, count: Self.offsets.count * 3 * rowCount)
    try Self.offsets.withUnsafeBufferPointer { offsets in
      try outputs.withUnsafeMutableBufferPointer {
        try session.cut(index: index, offsets: offsets, outputs: $0)
      }
    }
    return outputs
  }

  @Test(
    "A cut along every parameter, and after a move, is what whole passes give",
    arguments: ["efficient-su2", "u3-cu3"], ["paper", "network"])
  func cuts(ansatz: String, mapping: String) throws {
    let values: [String: ParameterValue] = [
      "ansatz": .choice(ansatz, index: 0), "mapping": .choice(mapping, index: 0),
      "precision": .choice("f64", index: 1), "readout": .real(0.02),
    ]
    let model = try QNNCase.model(values, hidden: [3])
    #expect(model.modelDescription.hasCuts)
    let (rows, rowCount) = (QNNCase.rows(3), 3)
    var point = model.initialParameters(start: 2)
    let (session, other) = (try model.makeSession(), try model.makeSession())
    try rows.withUnsafeBufferPointer { rows in
      try session.bind(inputs: rows, rowCount: rowCount)
      try other.bind(inputs: rows, rowCount: rowCount)
      try point.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
      var changed = 0
      for index in point.indices {
        let cut = try cut(session, index, rowCount: rowCount)
        var whole: [Float] = []
        for offset in Self.offsets {
          var moved = point
          moved[index] += offset
          whole += try QNNCase.outputs(other, moved, rowCount: rowCount)
        }
        let far = zip(cut, whole).map { abs($0 - $1) }.max() ?? .infinity
        let largest = whole.map(abs).max() ?? 0
        // Sums in single precision of weights that agree to 1e-12, but where they are huge.
        #expect(far <= 1e-5 * max(1, largest), "parameter \(index): \(far)")
        if abs(whole[0] - whole[3 * rowCount]) > 1e-6 { changed += 1 }
        // The next ones start from here.
        if index % 5 == 2 {
          try session.move(index: index, delta: 0.4)
          point[index] += 0.4
        }
      }
      // All but the dead angles move the outputs.
      #expect(changed > point.count / 2)
    }
  }

  @Test("Shots and errors have none, and their work counts circuits once")
  func work() throws {
    #expect(try !QNNCase.model(["shots": .text("100")]).modelDescription.hasCuts)
    let model = try QNNCase.model(["reps": .integer(40)])
    let few = try model.cutWork(index: 0, offsetCount: 3, rowCount: 1)
    let many = try model.cutWork(index: 0, offsetCount: 30, rowCount: 1)
    #expect(many < 5 * few && many > few)
    let gain = model.modelDescription.parameterCount - 1
    #expect(try model.cutWork(index: gain, offsetCount: 3, rowCount: 1) < few)
    #expect(try model.cutWork(index: 0, offsetCount: 0, rowCount: 5000) > 0)
    #expect(
      try model.cutWork(index: 0, offsetCount: 3, rowCount: 5000)
        > model.cutWork(index: 0, offsetCount: 3, rowCount: 10))
  }
}
