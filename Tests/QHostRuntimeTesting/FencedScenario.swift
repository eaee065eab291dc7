package import QHostInterfaces

/// Bowls with a fence: the lowest loss lies where not all constraints hold.
///
/// - `real`: Σ (xᵢ − 1)² over n numbers in −2 ... 2, with Σ xᵢ ≤ n/2. The best feasible point is xᵢ = 1/2 with n/4.
/// - `mixed`: integers a, b in 0 ... 10, a category c of four and a number r in 0 ... 1:
///   (a − 7)² + (b − 2)² + (3, 0.5, 2, 1)[c] + (r − 0.25)², with a + 2b ≤ 8. The best feasible point is
///   (6, 1, 1, 0.25) with 2.5.
package final class FencedScenario: DatasetComponent, ConstrainedScenario {
  package static let descriptor = ComponentDescriptor(
    name: "fenced", summary: "Bowls with a fence.",
    parameters: [
      .choice(
        "outputs", default: "real", of: [.init("real", "Numbers."), .init("mixed", "All kinds.")],
        "Kinds of the outputs."),
      .boolean("cuts", default: false, "Whether it scores cuts."),
      .integer("rows", default: 1, in: 1...100, "Rows, all alike."),
      .choice(
        "fault", default: "none",
        of: [.init("none", "None."), .init("negative", "A violation below 0.")], "What is wrong."),
    ])

  package let datasetDescription: DatasetDescription
  private let isMixed: Bool
  private let isFaulty: Bool

  package init(request: ComponentRequest) {
    let configuration = request.configuration
    isMixed = configuration.choice("outputs") == "mixed"
    isFaulty = configuration.choice("fault") == "negative"
    var description = DatasetDescription(
      task: .scenario, input: Shape([1]), output: Shape([4]), targetWidth: 0,
      rowCounts: [.train: configuration.integer("rows")])
    description.outputLower = isMixed ? [0, 0, 0, 0] : [-2, -2, -2, -2]
    description.outputUpper = isMixed ? [10, 10, 3, 1] : [2, 2, 2, 2]
    if isMixed { description.outputKinds = [.integer, .integer, .categorical, .real] }
    description.hasViolations = true
    description.hasCuts = configuration.boolean("cuts")
    datasetDescription = description
  }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) { inputs.update(repeating: 0) }

  package func score(_ scoring: Scoring) {
    let count = scoring.rows.count
    for point in 0..<scoring.pointCount {
      for row in 0..<count {
        let values = (0..<4).map { scoring.outputs[(point * 4 + $0) * count + row] }
        let (loss, violation) = score(values)
        scoring.losses[point * count + row] = loss
        scoring.violations[point * count + row] = isFaulty ? -1 : violation
      }
    }
  }

  package func score(_ x: [Double]) -> (loss: Double, violation: Double) {
    guard isMixed else {
      return (
        x.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }, max(0, x.reduce(0, +) - Double(x.count) / 2)
      )
    }
    let loss = (x[0] - 7) * (x[0] - 7) + (x[1] - 2) * (x[1] - 2) + [3, 0.5, 2, 1][Int(x[2])]
    return (loss + (x[3] - 0.25) * (x[3] - 0.25), max(0, x[0] + 2 * x[1] - 8))
  }

  package func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) -> any ScenarioCuts { FencedCuts(base: Array(outputs), scenario: self) }
}

private final class FencedCuts: ScenarioCuts {
  private var base: [Double]
  private let scenario: FencedScenario

  init(base: [Double], scenario: FencedScenario) {
    self.base = base
    self.scenario = scenario
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) {
    for (place, offset) in offsets.enumerated() {
      var values = base
      values[output] += offset
      (losses[place], violations[place]) = scenario.score(values)
    }
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    throw ComponentError("cuts with a fence were asked for losses alone")
  }

  func move(output: Int, delta: Double) { base[output] += delta }
}
