import QHostInterfaces

/// A caller's function as a scenario: its outputs are the variables.
final class FunctionScenario: DatasetComponent, ConstrainedScenario, DifferentiableScenario {
  static let descriptor = ComponentDescriptor(
    name: "called-function", summary: "A function of the calling program.",
    parameters: [.integer("number", default: nil, "Of the function, among those of the library.")])

  let datasetDescription: DatasetDescription
  private let function: CalledFunction

  init(request: ComponentRequest) throws(ComponentError) {
    guard
      let function = Registry.shared.object(
        request.configuration.integer("number"), as: CalledFunction.self)
    else { throw .data("the function that was minimised is no longer there; call again") }
    self.function = function
    var description = DatasetDescription(
      task: .scenario, input: Shape([1]), output: Shape([function.count]), targetWidth: 0,
      rowCounts: [.train: 1])
    description.outputLower = function.lower
    description.outputUpper = function.upper
    if function.kinds.contains(where: { $0 != .real }) { description.outputKinds = function.kinds }
    description.hasViolations = function.hasViolations
    description.hasGradient = function.hasGradient && !function.hasViolations
    datasetDescription = description
  }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) { inputs.update(repeating: 0) }

  func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try function.score(outputs, losses, UnsafeMutableBufferPointer(start: nil, count: 0))
  }

  func score(_ scoring: Scoring) throws(ComponentError) {
    try function.score(scoring.outputs, scoring.losses, scoring.violations)
  }

  func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double { try function.gradient(outputs, gradient) }
}

/// The variables of a caller's function, which start where the caller says.
final class Variables: ModelComponent {
  static let descriptor = ComponentDescriptor(
    name: "variables", summary: "The variables of a function of the calling program.",
    parameters: [.integer("number", default: nil, "Of the function, among those of the library.")])

  let modelDescription: ModelDescription
  private let initial: [Double]

  init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    guard
      let function = Registry.shared.object(
        request.configuration.integer("number"), as: CalledFunction.self)
    else { throw .data("the function that was minimised is no longer there; call again") }
    var description = ModelDescription(parameterCount: function.count, multiplyAdds: 1)
    description.isIdentity = true
    description.hasGradient = true
    description.gradientCost = 1
    description.lower = function.lower
    description.upper = function.upper
    description.kinds = mapping.outputKinds
    description.scales = function.scales
    modelDescription = description
    initial = function.initial
  }

  func initialParameters(start: UInt64) -> [Double] { initial }

  func makeSession() throws(ComponentError) -> any ModelSession {
    throw .unsupported("the variables of a function have no rows to work on")
  }
}
