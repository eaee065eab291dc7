internal import QHostInterfaces

/// Adds up what rows gave and cost on a target, beside what the host itself gives.
struct DeployedRows {
  /// C, for classes.
  let classCount: Int?
  /// C, the numbers in one output.
  let outputCount: Int
  private var rowCount = 0
  private var (right, equal) = (0, 0)
  private var squares = 0.0
  private var cycles = Deployment.Cycles(min: .infinity, mean: 0, max: -.infinity)

  init(classCount: Int?, outputCount: Int) {
    (self.classCount, self.outputCount) = (classCount, outputCount)
  }

  /// Adds the result of some rows.
  ///
  /// - Throws: kind `data` where the host's own outputs are not finite.
  mutating func add(
    _ execution: Execution, rows: Range<Int>, own: [Float], table: SampleTable
  ) throws(RunError) {
    for (place, row) in rows.enumerated() {
      let here = own[row * outputCount..<(row + 1) * outputCount]
      let there = execution.outputs[place * outputCount..<(place + 1) * outputCount]
      if let place = here.firstIndex(where: { !$0.isFinite }) {
        throw RunError(
          .data,
          "output \(place - here.startIndex + 1) of the network for row \(row + 1) is \(here[place]), "
            + "not a number to compare with; use another network, or scale its inputs as in its training"
        )
      }
      // What is not a number there is no agreement, however many rows have it.
      guard there.allSatisfy(\.isFinite) else {
        squares = .infinity
        continue
      }
      for (a, b) in zip(here, there) { squares += Double(a - b) * Double(a - b) }
      guard classCount != nil else { continue }
      let chosen = Self.largest(there)
      if chosen == Self.largest(here) { equal += 1 }
      if Float(chosen) == table.targets[row] { right += 1 }
    }
    rowCount += rows.count
    cycles.min = min(cycles.min, execution.cyclesMinimum)
    cycles.max = max(cycles.max, execution.cyclesMaximum)
    cycles.mean += execution.cyclesMean * Double(rows.count)
  }

  /// The place of the largest, the first among equals.
  private static func largest(_ values: ArraySlice<Float>) -> Int {
    var best = values.startIndex
    for place in values.indices where values[place] > values[best] { best = place }
    return best - values.startIndex
  }

  /// Writes the figures.
  func finish(_ deployment: inout Deployment) {
    guard rowCount > 0 else { return }
    let count = Double(rowCount)
    deployment.rows = rowCount
    deployment.outputDifference = (squares / count / Double(outputCount)).squareRoot()
    if classCount != nil {
      deployment.accuracy = Double(right) / count
      deployment.agreement = Double(equal) / count
    }
    guard cycles.mean.isFinite else { return }
    let mean = cycles.mean / count
    // A target's milliseconds are those of its calibration rows; here is what these rows took.
    if let measured = deployment.figures["cycles.mean"], measured > 0 {
      deployment.milliseconds = deployment.milliseconds.mapValues { $0 * mean / measured }
    }
    deployment.cycles = Deployment.Cycles(min: cycles.min, mean: mean, max: cycles.max)
  }
}
