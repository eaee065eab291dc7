package import QHostInterfaces

/// Points of a plane with metrics of their own: a mean with its error, the greatest of rows, and one that is neutral.
package final class MeasuredDataset: DatasetComponent, MetricProviding {
  package static let descriptor = ComponentDescriptor(
    name: "measured", summary: "Points of a plane, with metrics.",
    parameters: [
      .integer("rows", default: 40, in: 1...100_000, "Training rows."),
      .integer("validation", default: 0, in: 0...100_000, "Validation rows."),
      .choice(
        "fault", default: "none",
        of: [
          .init("none", "Nothing."), .init("nan", "A value is NaN."),
          .init("negative", "An error is negative."), .init("few", "A value is missing."),
          .init("accuracy", "A name is the host's."), .init("name", "A name is none."),
          .init("twice", "A name comes twice."), .init("unit", "A unit is empty."),
          .init("infinite", "A value is infinite."),
        ], "What goes wrong."),
    ])

  package let datasetDescription: DatasetDescription
  package let metricDescriptions: [MetricDescription]
  private let plane: PlaneDataset
  private let fault: String
  private let host: any HostServices

  package init(request: ComponentRequest) {
    plane = PlaneDataset(rows: request.configuration.integer("rows"))
    var description = plane.datasetDescription
    description.rowCounts[.validation] = request.configuration.integer("validation")
    datasetDescription = description
    host = request.host
    fault = request.configuration.choice("fault")
    let names = ["accuracy": "accuracy", "name": "A metric", "twice": "worst"]
    metricDescriptions = [
      MetricDescription(
        names[fault] ?? "margin", unit: fault == "unit" ? "" : "V", .higher,
        "Mean of the right class's output less the other one's."),
      MetricDescription("worst", unit: "V", .lower, "The greatest output of the wrong class."),
      MetricDescription("level", .neutral, "Mean of the first output."),
    ]
  }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    plane.read(split, rows: rows, inputs: inputs, targets: targets)
  }

  package func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    let count = sample.rows.count
    host.log(.debug, "measured \(count) \(sample.split) rows")
    guard sample.outputs.count == 2 * count, sample.inputs.isEmpty, sample.parameters == nil,
      sample.keys.count == count
    else { throw ComponentError("the sample is not that of a dataset") }
    let margins = sample.rows.enumerated().map { place, row in
      let sign = plane.isSecond(row, sample.split) ? 1.0 : -1
      return sign * (sample.outputs[count + place] - sample.outputs[place])
    }
    let wrong = sample.rows.enumerated().map { place, row in
      sample.outputs[(plane.isSecond(row, sample.split) ? 0 : count) + place]
    }
    let mean = margins.reduce(0, +) / Double(count)
    let squares = margins.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = count > 1 ? (squares / Double(count * (count - 1))).squareRoot() : nil
    var values = [
      MetricValue(mean, standardError: error), MetricValue(wrong.max() ?? 0),
      MetricValue(sample.outputs[..<count].reduce(0, +) / Double(count)),
    ]
    switch fault {
    case "nan": values[1].value = .nan
    case "infinite": values[1].value = .infinity
    case "negative": values[0].standardError = -1
    case "few": values.removeLast()
    default: break
    }
    return values
  }
}

extension PlaneDataset {
  /// Whether a row is of the second class.
  package func isSecond(_ row: Int, _ split: Split) -> Bool {
    let (x, y) = Self.features(row + (split == .test ? 1_000 : 0))
    return x + y > 0.3
  }
}
