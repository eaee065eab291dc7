import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Loss")
struct LossTests {
  @Test("Each task has its standard")
  func standards() {
    #expect(Loss.standard(for: .classification) == .crossEntropy)
    #expect(Loss.standard(for: .regression) == .meanSquaredError)
    #expect(Loss.standard(for: .scenario) == .score)
  }

  @Test(
    "Names go with the tasks that they suit",
    arguments: [
      (
        Task.classification,
        ["cross-entropy", "error-rate", "cross-entropy+error", "margin", "mse", "mae"]
      ),
      (.regression, ["mse", "mae"]), (.scenario, ["score"]),
    ])
  func suitability(task: Task, names: [String]) {
    for loss in Loss.allCases {
      if names.contains(loss.rawValue) {
        #expect(throws: Never.self) { _ = try Loss(named: loss.rawValue, for: task) }
      } else {
        let error = #expect(throws: RunError.self) { _ = try Loss(named: loss.rawValue, for: task) }
        #expect(error?.kind == .usage)
        let words =
          task == .scenario
          ? "leave it out: there it is 'score'" : "choose one of \(names.joined(separator: ", "))"
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      }
    }
  }

  @Test("An unknown name suggests the nearest that suits")
  func unknown() {
    let error = #expect(throws: RunError.self) { _ = try Loss(named: "msa", for: .regression) }
    #expect(error?.message == "there is no loss 'msa'; did you mean 'mse'?")
  }

  @Test("Those with steps have no gradient")
  func gradients() {
    #expect(
      Loss.allCases.filter(\.hasGradient) == [
        .crossEntropy, .margin, .meanSquaredError, .meanAbsoluteError,
      ])
  }

  /// Two rows, two outputs: the linear model's outputs are its biases.
  private func losses(_ loss: Loss) throws -> Double {
    let dataset = PlaneDataset(rows: 2)
    // Row 0 is of class 0 and row 1 of class 1.
    dataset.change = { row, inputs, targets in
      inputs[2 * row] = 0
      inputs[2 * row + 1] = 0
      targets[row] = Float(row)
    }
    return try TestObjective(LinearModel(inputCount: 2, outputCount: 2), dataset, loss: loss)
      .points([[0, 0, 0, 0, 2, 0.5]])[0]
  }

  @Test("Their values are those of the formulas")
  func values() throws {
    // ln(e² + e^½) − 2 = 0.2014133, − ½ = 1.7014133.
    #expect(abs(try losses(.crossEntropy) - (0.201413278 + 1.701413278) / 2) < 1e-6)
    #expect(try losses(.errorRate) == 0.5)
    #expect(abs(try losses(.crossEntropyAndError) - (0.951413278 + 0.5)) < 1e-6)
    // Row 0: 1 + ½ − 2 is below 0; row 1: 1 + 2 − ½.
    #expect(try losses(.margin) == 2.5 / 2)
    // Targets (1, 0) and (0, 1): squares 1, 0.25 and 4, 0.25; differences 1, 0.5 and 2, 0.5.
    #expect(try losses(.meanSquaredError) == (1 + 0.25 + 4 + 0.25) / 4)
    #expect(try losses(.meanAbsoluteError) == (1 + 0.5 + 2 + 0.5) / 4)
  }
}
