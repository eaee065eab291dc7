internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A dataset in another process: samples, or a scenario that scores outputs there.
///
/// Threads that score at once take turns, as they would with a plugin that has one lock.
final class IsolatedDataset: DistantDataset {
  let datasetDescription: DatasetDescription
  let cutCost: Double
  let metricDescriptions: [MetricDescription]
  let instance: IsolatedInstance
  /// Whether it has drawn random numbers while it was made.
  let hasDrawn: Bool

  /// Makes a dataset.
  init(
    _ plan: ComponentPlan, _ common: RunServices.Common, in isolation: Isolation
  ) throws(ComponentError) {
    instance = try IsolatedInstance(plan, common, in: isolation, by: .makeDataset)
    let facts = try instance.call(.describe) { (message) throws(ComponentError) in
      (
        try DatasetDescription(from: &message), try message.real(), try message.boolean(),
        try message.elements { (message) throws(ComponentError) in
          try MetricDescription(from: &message)
        }
      )
    }
    (datasetDescription, cutCost, hasDrawn, metricDescriptions) = facts
  }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard !rows.isEmpty else { return }
    let (width, targetWidth) = (inputs.count / rows.count, targets.count / rows.count)
    // As many rows at once as fit into the shared memory.
    let most = max(1, (IsolatedProcess.capacity / 2) / (4 * max(1, width + targetWidth)))
    var first = 0
    while first < rows.count {
      let part = first..<min(rows.count, first + most)
      try instance.call(.read) { message in
        message.write(split.rawValue)
        message.write(Array(rows[part]))
      } read: { (message) throws(ComponentError) in
        try message.fill(inputs.part(part, width))
        try message.fill(targets.part(part, targetWidth))
      }
      first = part.upperBound
    }
  }

  func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int] {
    try instance.call(.lengths) { message in
      message.write(split.rawValue)
      message.write(rows)
    } read: { (message) throws(ComponentError) in
      let lengths = try message.array(of: Int.self)
      guard lengths.count == rows.count else { throw MessageReader.damaged }
      return lengths
    }
  }

  func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try instance.call(.variants) { message in
      message.write(variants)
      message.write(rows)
    } read: { (message) throws(ComponentError) in
      try message.fill(inputs)
    }
  }

  func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    var scoring = Scoring(split, rows: rows, outputs: outputs, pointCount: pointCount)
    scoring.losses = losses
    try score(scoring)
  }

  func score(_ scoring: Scoring) throws(ComponentError) {
    try instance.call(.score) { message in
      message.write(scoring.split.rawValue)
      message.write(scoring.rows)
      message.write(scoring.pointCount)
      message.write(buffer: scoring.outputs)
      message.write(buffer: scoring.draws)
      for wanted in [scoring.losses, scoring.violations, scoring.objectives] {
        message.write(wanted.count)
      }
    } read: { (message) throws(ComponentError) in
      for wanted in [scoring.losses, scoring.violations, scoring.objectives] {
        try message.fill(wanted)
      }
    }
  }

  func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    try instance.call(.gradient) { message in
      message.write(split.rawValue)
      message.write(row)
      message.write(buffer: outputs)
    } read: { (message) throws(ComponentError) in
      let loss = try message.real()
      try message.fill(gradient)
      return loss
    }
  }

  func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> [Double] {
    let count = datasetDescription.metricNames.count
    return try instance.call(.metrics) { message in
      message.write(split.rawValue)
      message.write(rows)
      message.write(buffer: outputs)
    } read: { (message) throws(ComponentError) in
      let values = try message.array(of: Double.self)
      guard values.count == count else { throw MessageReader.damaged }
      return values
    }
  }

  func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> any ScenarioCuts {
    try IsolatedCuts(of: instance, split, row: row, outputs: outputs)
  }

  func handOverAllFigures(parameters: [Double]) -> [FigureHandover] {
    instance.figures(parameters)
  }
}

extension UnsafeMutableBufferPointer {
  fileprivate func part(_ rows: Range<Int>, _ width: Int) -> Self {
    Self(rebasing: self[rows.lowerBound * width..<rows.upperBound * width])
  }
}
