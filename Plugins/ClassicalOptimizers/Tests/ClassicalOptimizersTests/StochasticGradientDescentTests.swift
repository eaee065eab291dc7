import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Stochastic gradient descent")
struct StochasticGradientDescentTests {
  /// Three steps from 1 with gradients 1, 2 and −1, all exact in binary.
  private func iterates(
    _ changes: [String: ParameterValue], problem: Problem? = nil, progress: [Double] = [0, 0, 0]
  ) throws -> [Double] {
    var all: [String: ParameterValue] = [
      "schedule": .choice("constant", index: 0), "learning_rate": .real(0.5),
      "momentum": .real(0.5),
    ]
    all.merge(changes) { $1 }
    let sgd = try StochasticGradientDescent(
      request: request(for: StochasticGradientDescent.descriptor, all),
      problem: problem ?? Problem(queries: .gradient, initial: [1]))
    var result: [Double] = []
    for (gradient, progress) in zip([1.0, 2, -1], progress) {
      var query = Query()
      try sgd.ask(&query)
      var answer = Answer()
      answer.kind = .gradient
      answer.losses = [0]
      answer.gradient = [gradient]
      answer.progress = progress
      try sgd.tell(answer)
      result.append(try #require(try sgd.recommendation()).first ?? .nan)
    }
    return result
  }

  @Test("Without momentum a step is the rate times the gradient")
  func plain() throws {
    #expect(try iterates(["momentum": .real(0)]) == [0.5, -0.5, 0])
  }

  @Test("Heavy-ball momentum adds up velocities 1, 2.5, 0.25")
  func heavyBall() throws {
    #expect(try iterates([:]) == [0.5, -0.75, -0.875])
  }

  @Test("Nesterov's momentum looks ahead by 1.5, 3.25, -0.875")
  func nesterov() throws {
    #expect(try iterates(["nesterov": .boolean(true)]) == [0.25, -1.375, -0.9375])
  }

  @Test("Weight decay adds to the gradient")
  func weightDecay() throws {
    // Gradients 1 + 0.5·1, 2 + 0.5·0.25, −1 + 0.5·(−0.8125).
    let expected = [0.25, -0.8125, -0.109375]
    #expect(
      try iterates(["momentum": .real(0), "weight_decay": .real(0.5)]) == expected)
  }

  @Test("A gradient longer than the limit is shortened to it")
  func clipping() throws {
    #expect(try iterates(["momentum": .real(0), "clip_norm": .real(1)]) == [0.5, 0, 0.5])
  }

  @Test("Steps end within the bounds")
  func bounds() throws {
    let problem = Problem(queries: .gradient, initial: [1], lower: [-0.25], upper: [1])
    #expect(try iterates(["momentum": .real(0)], problem: problem) == [0.5, -0.25, 0.25])
  }

  @Test("The linear schedule falls with the progress before the step")
  func linearSchedule() throws {
    let changes: [String: ParameterValue] = [
      "momentum": .real(0), "schedule": .choice("linear", index: 2), "final_ratio": .real(0),
    ]
    // Rates 0.5, 0.25 and 0.
    #expect(try iterates(changes, progress: [0.5, 1, 1]) == [0.5, 0, 0])
  }

  @Test("The cosine schedule is half way down at half of the budget")
  func cosineSchedule() throws {
    let changes: [String: ParameterValue] = [
      "momentum": .real(0), "schedule": .choice("cosine", index: 1), "final_ratio": .real(0),
    ]
    let found = try iterates(changes, progress: [0.5, 1, 1])
    // cos π/2 is 6e-17 in floating point.
    #expect(abs(found[1] - 0) < 1e-15)
    #expect(found[2] == found[1])
  }

  @Test("The exponential schedule falls to the final ratio")
  func exponentialSchedule() throws {
    let changes: [String: ParameterValue] = [
      "momentum": .real(0), "schedule": .choice("exponential", index: 3),
      "final_ratio": .real(0.25),
    ]
    // Rates 0.5, 0.25 and 0.125.
    #expect(try iterates(changes, progress: [0.5, 1, 1]) == [0.5, 0, 0.125])
  }

  @Test("Late iterates are averaged for the recommendation")
  func averaging() throws {
    let changes: [String: ParameterValue] = ["momentum": .real(0), "averaging_start": .real(0.5)]
    // Iterates 0.5, −0.5, 0, of which the last two count.
    #expect(try iterates(changes, progress: [0.25, 0.5, 1]) == [0.5, -0.5, -0.25])
  }
}
