/// What a component receives when it is made.
public struct ComponentRequest {
  /// The values of its parameters.
  public var configuration: Configuration
  /// What the host does for it.
  public var host: any HostServices
  /// The solvers it depends on, by the dependency's name.
  public var solvers: [String: any Solver]
  /// The models it depends on, by the dependency's name.
  public var models: [String: any Model]
  /// The trained parameters [n] of models it depends on, by the dependency's name, where the user names a file.
  public var trainedParameters: [String: [Double]] = [:]
  /// Gives the rows of ``calibration()``; `nil`: there are none.
  public var calibrationSource: (() throws(ComponentError) -> Calibration)?

  /// Makes a request.
  public init(
    configuration: Configuration, host: any HostServices, solvers: [String: any Solver] = [:],
    models: [String: any Model] = [:]
  ) {
    self.configuration = configuration
    self.host = host
    self.solvers = solvers
    self.models = models
  }

  /// The solver picked for a declared dependency.
  public func solver(_ name: String) -> any Solver {
    guard let solver = solvers[name] else {
      preconditionFailure("dependency '\(name)' was not declared as a solver")
    }
    return solver
  }

  /// The model picked for a declared dependency.
  public func model(_ name: String) -> any Model {
    guard let model = models[name] else {
      preconditionFailure("dependency '\(name)' was not declared as a model")
    }
    return model
  }

  /// Where the model of a declared dependency starts: at the parameters of the file that the user names for it, else
  /// at its own first start.
  ///
  /// - Parameter name: of the dependency.
  /// - Returns: the parameters, [n].
  /// - Throws: what the model throws.
  public func initialParameters(of name: String) throws(ComponentError) -> [Double] {
    if let trained = trainedParameters[name] { return trained }
    return try model(name).initialParameters(start: 0)
  }

  /// At most 1,000 training rows, evenly spread, scaled as the component's models see them.
  ///
  /// - Returns: inputs [B × F] and targets; valid for as long as it is kept.
  /// - Throws: severity `unsupported` for a component that is not made for data.
  public func calibration() throws(ComponentError) -> Calibration {
    guard let calibrationSource else {
      throw .unsupported("only models are given rows to calibrate with")
    }
    return try calibrationSource()
  }
}
