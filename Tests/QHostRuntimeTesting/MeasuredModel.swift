package import QHostInterfaces

/// A linear model with metrics: the norm of its parameters, and the mean of its inputs.
package final class MeasuredModel: ModelComponent, MetricProviding, @unchecked Sendable {
  package static let descriptor = ComponentDescriptor(
    name: "measured-linear", summary: "A linear model with metrics.",
    parameters: [.text("name", default: "norm", "The name of its first metric.")])

  package let modelDescription: ModelDescription
  package let metricDescriptions: [MetricDescription]
  private let linear: LinearModel

  package init(request: ComponentRequest, mapping: Mapping) {
    linear = LinearModel(
      inputCount: mapping.input.count, outputCount: mapping.output.count, hasCuts: false)
    modelDescription = linear.modelDescription
    metricDescriptions = [
      MetricDescription(
        request.configuration.text("name"), .lower, "The norm of the parameters."),
      MetricDescription("input", .neutral, "The mean of the first feature, as the model sees it."),
    ]
  }

  package func initialParameters(start: UInt64) -> [Double] {
    linear.initialParameters(start: start)
  }

  package func makeSession() -> any ModelSession { linear.makeSession() }

  package func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    let count = sample.rows.count
    guard let parameters = sample.parameters, sample.inputs.count == linear.inputCount * count,
      sample.outputs.count == linear.outputCount * count
    else { throw ComponentError("the sample is not that of a model") }
    let squares = parameters.reduce(0) { $0 + $1 * $1 }
    let sum = sample.inputs[..<count].reduce(0) { $0 + Double($1) }
    return [MetricValue(squares.squareRoot()), MetricValue(sum / Double(count))]
  }
}
