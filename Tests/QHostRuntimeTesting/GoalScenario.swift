package import QHostInterfaces

/// Two objectives of one number x from −1 to 3: x² and (x − 2)², after Schaffer 1985.
///
/// The second one is a gain of 4 − (x − 2)² where it is to be made large.
/// Nothing dominates 0 ≤ x ≤ 2. Up to the reference (4, 4) these dominate ∫₀⁴ (4 − (√f − 2)²) df = 40/3 of 16.
package final class GoalScenario: DatasetComponent, MultiObjectiveScenario {
  package static let descriptor = ComponentDescriptor(
    name: "goals", summary: "Two parabolas.",
    parameters: [
      .boolean("gain", default: false, "Whether more of the second one is better."),
      .integer("rows", default: 1, in: 1...100, "Rows, all alike."),
      .choice(
        "fault", default: "none",
        of: [.init("none", "None."), .init("nan", "An objective of NaN.")], "What is wrong."),
    ])

  /// The part of the box between ideal and reference that the whole front dominates.
  package static let hypervolume = 40.0 / 48

  package let datasetDescription: DatasetDescription
  private let isGain: Bool
  private let isFaulty: Bool

  package init(request: ComponentRequest) {
    let configuration = request.configuration
    isGain = configuration.boolean("gain")
    isFaulty = configuration.choice("fault") == "nan"
    var description = DatasetDescription(
      task: .scenario, input: Shape([1]), output: Shape([1]), targetWidth: 0,
      rowCounts: [.train: configuration.integer("rows")])
    description.outputLower = [-1]
    description.outputUpper = [3]
    description.objectives = [
      ObjectiveDescription(name: "distance", unit: "m", ideal: 0, reference: 4),
      isGain
        ? ObjectiveDescription(name: "gain", ideal: 4, reference: 0)
        : ObjectiveDescription(name: "lag", ideal: 0, reference: 4),
    ]
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
        let x = scoring.outputs[point * count + row]
        let lag = (x - 2) * (x - 2)
        scoring.objectives[2 * point * count + row] = isFaulty ? .nan : x * x
        scoring.objectives[(2 * point + 1) * count + row] = isGain ? 4 - lag : lag
      }
    }
  }
}
