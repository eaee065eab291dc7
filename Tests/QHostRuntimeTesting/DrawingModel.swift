package import QHostInterfaces

/// outputs = W x + b + σ z, z drawn for each row, unit and draw: a stochastic model for tests.
package final class DrawingModel: ModelComponent, StochasticModel, @unchecked Sendable {
  package static let descriptor = ComponentDescriptor(
    name: "drawing", summary: "A linear model with noise on its outputs.",
    parameters: [.real("noise", default: 0.5, in: 0...10, "σ; 0: its outputs are not draws.")])

  package let modelDescription: ModelDescription
  fileprivate let linear: LinearModel
  fileprivate let host: any HostServices
  fileprivate let noise: Double

  package init(request: ComponentRequest, mapping: Mapping) {
    linear = LinearModel(
      inputCount: mapping.input.count, outputCount: mapping.output.count, hasCuts: false)
    host = request.host
    noise = request.configuration.real("noise")
    var description = linear.modelDescription
    description.isStochastic = noise > 0
    modelDescription = description
  }

  package func initialParameters(start: UInt64) -> [Double] {
    linear.initialParameters(start: start)
  }

  package func makeSession() -> any ModelSession { DrawingSession(self) }
}

/// A session of it.
private final class DrawingSession: ModelSession {
  private let model: DrawingModel
  private let session: any ModelSession
  private var keys: [UInt64] = []

  init(_ model: DrawingModel) {
    self.model = model
    session = model.linear.makeSession()
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    keys = []
    try session.bind(inputs: inputs, rowCount: rowCount)
  }

  func bindRows(keys: UnsafeBufferPointer<UInt64>) { self.keys = Array(keys) }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try session.forward(parameters: parameters, pointCount: pointCount, outputs: outputs)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try session.forward(parameters: parameters, pointCount: draws.count, outputs: outputs)
    let units = model.linear.outputCount
    for (point, draw) in draws.enumerated() {
      for (row, key) in keys.enumerated() {
        let noise = model.host.normals(step: draw, index: key, count: units)
        for unit in 0..<units {
          outputs[(point * units + unit) * keys.count + row] += Float(model.noise * noise[unit])
        }
      }
    }
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try session.backward(outputGradients: outputGradients, gradient: gradient)
  }
}
