import ClassicalOptimizers
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Adam")
struct AdamTests {
  /// Two parameters whose gradient is a fixed list, one a step.
  private static let gradients: [[Double]] = [[2, -0.5], [-0.25, 1], [0.125, 0.75]]
  private static let start = [1.0, -2.0]

  /// The iterates of `adam` along the fixed gradients.
  private func iterates(
    _ changes: [String: ParameterValue], problem: Problem? = nil
  ) throws -> [[Double]] {
    var all = ["schedule": ParameterValue.choice("constant", index: 0)]
    all.merge(changes) { $1 }
    let adam = try Adam(
      request: request(for: Adam.descriptor, all),
      problem: problem ?? Problem(queries: .gradient, initial: Self.start))
    var result: [[Double]] = []
    for gradient in Self.gradients {
      var query = Query()
      try adam.ask(&query)
      #expect(query.kind == .gradient)
      var answer = Answer()
      answer.kind = .gradient
      answer.losses = [1]
      answer.gradient = gradient
      try adam.tell(answer)
      result.append(try #require(try adam.recommendation()))
    }
    return result
  }

  /// Algorithm 1 of Kingma and Ba, written out with powers in place of running products.
  private func textbook(
    rate: Double, decay: Double = 0, keepsLargest: Bool = false
  ) -> [[Double]] {
    var result: [[Double]] = []
    var (m, v, largest, x) = ([0.0, 0], [0.0, 0], [0.0, 0], Self.start)
    for (t, gradient) in Self.gradients.enumerated() {
      for i in 0..<2 {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i]
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i]
        largest[i] = max(largest[i], v[i])
        let mean = m[i] / (1 - pow(0.9, Double(t + 1)))
        let square = (keepsLargest ? largest[i] : v[i]) / (1 - pow(0.999, Double(t + 1)))
        x[i] -= rate * decay * x[i]
        x[i] -= rate * mean / (square.squareRoot() + 1e-8)
      }
      result.append(x)
    }
    return result
  }

  // 1 − 0.999ᵗ loses 10 bits to cancellation: its root differs by 2⁻⁴⁴ at most, and a step is 0.1.
  private func expectEqual(_ a: [[Double]], _ b: [[Double]]) {
    for (x, y) in zip(a.joined(), b.joined()) { #expect(abs(x - y) < 1e-13) }
    #expect(a.count == b.count)
  }

  @Test("The first step is the learning rate against the gradient's sign")
  func firstStep() throws {
    let first = try iterates(["learning_rate": .real(0.1)])[0]
    // Off by ε/|g|, at most 2e-8 of the step.
    #expect(abs(first[0] - 0.9) < 1e-8)
    #expect(abs(first[1] + 1.9) < 1e-8)
  }

  @Test("Steps are those of algorithm 1")
  func textbookSteps() throws {
    expectEqual(try iterates(["learning_rate": .real(0.1)]), textbook(rate: 0.1))
  }

  @Test("Weight decay is decoupled from the gradient, as in AdamW")
  func decoupledDecay() throws {
    expectEqual(
      try iterates(["learning_rate": .real(0.1), "weight_decay": .real(0.3)]),
      textbook(rate: 0.1, decay: 0.3))
  }

  @Test("AMSGrad divides by the largest mean square")
  func largestSquare() throws {
    let ams = try iterates(["learning_rate": .real(0.1), "amsgrad": .boolean(true)])
    expectEqual(ams, textbook(rate: 0.1, keepsLargest: true))
    #expect(ams[2] != textbook(rate: 0.1)[2])
  }

  @Test("A clipped gradient is as one of that norm")
  func clipping() throws {
    // Adam's first step knows no length, so the second one tells: the gradients are made equal.
    let clipped = try iterates(["learning_rate": .real(0.1), "clip_norm": .real(0.5)])
    #expect(abs(clipped[0][0] - textbook(rate: 0.1)[0][0]) < 1e-7)
    #expect(abs(clipped[1][0] - textbook(rate: 0.1)[1][0]) > 1e-3)
  }

  @Test("Steps end within the bounds")
  func bounds() throws {
    let problem = Problem(
      queries: .gradient, initial: Self.start, lower: [0.95, -.infinity], upper: [2, -1.95])
    let last = try #require(try iterates(["learning_rate": .real(0.1)], problem: problem).first)
    #expect(last == [0.95, -1.95])
  }

  @Test("It minimises Rosenbrock's function from the usual start")
  func rosenbrock() throws {
    let problem = Problem(queries: .gradient, initial: [-1.2, 1])
    var run = try ObjectiveRun(
      Adam.self, problem, ["learning_rate": .real(0.05)], budget: 5000
    ) { x, _ in
      let curve = x[1] - x[0] * x[0]
      let gradient = [-400 * x[0] * curve - 2 * (1 - x[0]), 200 * curve]
      return (TestFunctions.rosenbrock(x), gradient)
    }
    try run.finish()
    #expect(run.best < 1e-4)
  }
}
