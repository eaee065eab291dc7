package import QHostInterfaces

/// A bowl (x − 1)² in a wind: every score has normal noise of standard deviation `noise` added, other for each row
/// and draw.
package final class GustyScenario: DatasetComponent, StochasticScenario {
  package static let descriptor = ComponentDescriptor(
    name: "gusty", summary: "A bowl in a wind.",
    parameters: [
      .real("noise", default: 0.5, in: 0...100, "The noise; 0: the scores are not draws."),
      .integer("rows", default: 4, in: 1...5000, "Rows."),
    ])

  package let datasetDescription: DatasetDescription
  private let noise: Double
  private let host: any HostServices

  package init(request: ComponentRequest) {
    host = request.host
    noise = request.configuration.real("noise")
    var description = DatasetDescription(
      task: .scenario, input: Shape([1]), output: Shape([1]), targetWidth: 0,
      rowCounts: [.train: request.configuration.integer("rows")])
    description.outputLower = [-4]
    description.outputUpper = [4]
    description.isStochastic = noise > 0
    datasetDescription = description
  }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) { inputs.update(repeating: 0) }

  package func score(_ scoring: Scoring) {
    let count = scoring.rows.count
    for point in 0..<scoring.pointCount {
      for (place, row) in scoring.rows.enumerated() {
        let x = scoring.outputs[point * count + place]
        var loss = (x - 1) * (x - 1)
        if !scoring.draws.isEmpty {
          let key = UInt64(scoring.split.rawValue) << 30 + UInt64(row)
          loss += noise * host.normals(step: scoring.draws[point], index: key, count: 1)[0]
        }
        scoring.losses[point * count + place] = loss
      }
    }
  }

  package func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) {
    var scoring = Scoring(split, rows: rows, outputs: outputs, pointCount: pointCount)
    scoring.losses = losses
    score(scoring)
  }
}
