package import QHostInterfaces

/// outputs = W e + b, e a leaky trace of the steps: e ← λ e + x; a model that takes series, for tests.
///
/// Where it does not say that it takes series (`lengths` = false), it is a model like any other.
package final class LeakyModel: ModelComponent, SeriesModel, @unchecked Sendable {
  package static let descriptor = ComponentDescriptor(
    name: "leaky", summary: "A linear read-out of leaky traces.",
    parameters: [
      .real("decay", default: 0.8, in: 0...1, "λ."),
      .boolean("lengths", default: true, "Whether it takes series."),
    ])

  package let modelDescription: ModelDescription
  fileprivate let steps: Int
  fileprivate let channels: Int
  fileprivate let outputs: Int
  fileprivate let decay: Double

  package init(request: ComponentRequest, mapping: Mapping) {
    let extents = mapping.input.extents
    steps = extents.count == 2 ? extents[0] : 1
    channels = mapping.input.count / steps
    outputs = mapping.output.count
    decay = request.configuration.real("decay")
    var description = ModelDescription(
      parameterCount: outputs * (channels + 1), multiplyAdds: mapping.input.count * outputs)
    description.hasGradient = true
    description.takesSeries = request.configuration.boolean("lengths")
    modelDescription = description
  }

  package func initialParameters(start: UInt64) -> [Double] {
    (0..<modelDescription.parameterCount).map { 0.1 * Double(($0 * 7 + 3) % 5 - 2) }
  }

  package func makeSession() -> any ModelSession { LeakySession(self) }
}

/// A session of it.
private final class LeakySession: ModelSession {
  private let model: LeakyModel
  private var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private var rowCount = 0
  private var lengths: [Int] = []
  private var start = SeriesStart.separate
  /// The trace that the first row begins with, and that after the last forward, [S].
  private var state: [Double]
  private var end: [Double]
  /// [B × S], of the last forward.
  private var traces: [Double] = []

  init(_ model: LeakyModel) {
    self.model = model
    state = [Double](repeating: 0, count: model.channels)
    end = state
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) {
    self.inputs = inputs
    self.rowCount = rowCount
    lengths = [Int](repeating: model.steps, count: rowCount)
    start = .separate
  }

  func bindSeries(lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart) {
    self.lengths = lengths.map { Int($0) }
    self.start = start
    state = start == .goOn ? end : [Double](repeating: 0, count: model.channels)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    trace()
    let (c, s, n) = (model.outputs, model.channels, model.modelDescription.parameterCount)
    for point in 0..<pointCount {
      for row in 0..<rowCount {
        for unit in 0..<c {
          var sum = parameters[point * n + c * s + unit]
          for channel in 0..<s {
            sum += parameters[point * n + unit * s + channel] * traces[row * s + channel]
          }
          outputs[(point * c + unit) * rowCount + row] = Float(sum)
        }
      }
    }
  }

  private func trace() {
    let s = model.channels
    traces = [Double](repeating: 0, count: rowCount * s)
    var trace = state
    for row in 0..<rowCount {
      if start == .separate { for channel in 0..<s { trace[channel] = 0 } }
      for step in 0..<lengths[row] {
        for channel in 0..<s {
          trace[channel] =
            model.decay * trace[channel]
            + Double(inputs[(step * s + channel) * rowCount + row])
        }
      }
      for channel in 0..<s { traces[row * s + channel] = trace[channel] }
    }
    end = trace
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let (c, s) = (model.outputs, model.channels)
    gradient.update(repeating: 0)
    for unit in 0..<c {
      for row in 0..<rowCount {
        let slope = Double(outputGradients[unit * rowCount + row])
        for channel in 0..<s { gradient[unit * s + channel] += slope * traces[row * s + channel] }
        gradient[c * s + unit] += slope
      }
    }
  }
}
