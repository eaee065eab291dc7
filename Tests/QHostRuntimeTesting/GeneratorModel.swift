package import QHostInterfaces

/// p = p0 + R θ with one ±1 in each row of R, by a hash: a model that generates the parameters of another, for tests.
package final class GeneratorModel: ModelComponent, WrappingModel, SeriesModel {
  package static let descriptor = ComponentDescriptor(
    name: "generator", summary: "A model whose parameters generate those of another.",
    parameters: [.integer("count", default: 3, in: 1...99, "Parameters.")],
    dependencies: [
      DependencyDescriptor(
        name: "inner", kind: .model, defaultComponent: "linear", documentation: "Is generated.")
    ])

  package let modelDescription: ModelDescription
  /// The rows that the host gave.
  package let calibration: Calibration
  private let generator: SparseGenerator
  private let inner: any Model
  private let outputCount: Int

  package init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    inner = request.model("inner")
    outputCount = mapping.output.count
    let count = request.configuration.integer("count")
    generator = SparseGenerator(
      start: try request.initialParameters(of: "inner"), parameterCount: count)
    calibration = try request.calibration()
    guard calibration.inputs.count == calibration.rowCount * mapping.input.count else {
      throw .data("the rows to calibrate with are of another shape")
    }
    let innerDescription = inner.modelDescription
    var description = ModelDescription(
      parameterCount: count, multiplyAdds: innerDescription.multiplyAdds)
    description.hasGradient = innerDescription.hasGradient
    description.takesSeries = innerDescription.takesSeries
    var work = innerDescription.passWork
    work.pass += Double(innerDescription.parameterCount)
    work.gradientPass += 2 * Double(innerDescription.parameterCount)
    description.work = work
    modelDescription = description
  }

  package func initialParameters(start: UInt64) -> [Double] {
    [Double](repeating: 0, count: modelDescription.parameterCount)
  }

  package func innerParameters(at parameters: [Double]) -> [Double] {
    generator.generated(parameters, count: inner.modelDescription.parameterCount)
  }

  package func makeSession() throws(ComponentError) -> any ModelSession {
    try GeneratedSession(
      of: inner, generator: generator, parameterCount: modelDescription.parameterCount,
      outputCount: outputCount)
  }
}

/// p0 + R θ.
private struct SparseGenerator: ParameterGenerator {
  let start: [Double]
  let parameterCount: Int

  private func entry(_ row: Int) -> (column: Int, sign: Double) {
    let hash = (UInt64(row) + 1) &* 0x9E37_79B9_7F4A_7C15 >> 40
    return (Int(hash >> 1) % parameterCount, hash & 1 == 0 ? 1 : -1)
  }

  func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>
  ) {
    for row in start.indices {
      let (column, sign) = entry(row)
      inner[row] = start[row] + sign * parameters[column]
    }
  }

  func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    gradient.update(repeating: 0)
    for row in start.indices {
      let (column, sign) = entry(row)
      gradient[column] += sign * innerGradient[row]
    }
  }
}

/// A linear model with a parameter that is called as the file of an inner model is.
package final class FromModel: ModelComponent, CompanionNaming {
  package static let companions = Companions(
    dataset: "noisy", optimizer: "walker", evaluationLimit: 7, shared: ["from"])
  package static let descriptor = ComponentDescriptor(
    name: "from-model", summary: "A linear model.",
    parameters: [.integer("from", default: 1, in: 1...9, "Is recorded, and nothing else.")])
  private let linear: LinearModel

  package init(request: ComponentRequest, mapping: Mapping) {
    linear = LinearModel(inputCount: mapping.input.count, outputCount: mapping.output.count)
  }
  package var modelDescription: ModelDescription { linear.modelDescription }
  package func initialParameters(start: UInt64) -> [Double] {
    linear.initialParameters(start: start)
  }
  package func makeSession() -> any ModelSession { linear.makeSession() }
  package func cutCost(index: Int) -> Double { linear.cutCost(index: index) }
}
