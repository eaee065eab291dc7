internal import QHostDatasets
public import QHostInterfaces

/// An optimizer of a library that was not written for qhost, as a YAML file describes it: losses only.
///
/// The file says which functions are called, in which order, and what each argument is given; the library
/// searches in its own loop and calls the host's objective through a closure of libffi.
public final class ForeignOptimizer: LoopOptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "foreign", summary: "An optimizer of a C library, by a description in YAML; losses only.",
    parameters: [file])

  /// The parameter of both.
  static let file = ParameterDescriptor.path(
    "file", default: nil, "The YAML file that describes the library and its calls.")

  private let search: DescribedSearch

  /// Loads the library.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    search = try DescribedSearch.made(
      Self.descriptor.name, request: request, problem: problem, isGradient: false)
  }

  /// Runs to its end.
  public func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    try search.run(objective)
  }
}

/// The same for optimizers that follow a gradient.
///
/// It is a component of its own because what a component needs is known before its parameters.
public final class ForeignGradientOptimizer: LoopOptimizerComponent {
  /// Gradients.
  public static let requiredQueries = QueryKinds.gradient

  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "foreign-gradient",
    summary: "An optimizer of a C library that follows gradients, by a description in YAML.",
    parameters: [ForeignOptimizer.file])

  private let search: DescribedSearch

  /// Loads the library.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    search = try DescribedSearch.made(
      Self.descriptor.name, request: request, problem: problem, isGradient: true)
  }

  /// Runs to its end.
  public func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    try search.run(objective)
  }
}

extension DescribedSearch {
  /// Reads the file that a configuration names.
  static func made(
    _ name: String, request: ComponentRequest, problem: Problem, isGradient: Bool
  ) throws(ComponentError) -> DescribedSearch {
    let path = request.configuration.text("file")
    guard !path.isEmpty else {
      throw .parameter("file is not set; give the YAML file that describes the library")
    }
    let bytes = try FileBytes.read(path, remedy: "give a readable file in file")
    return try DescribedSearch(
      name, file: path, request: request, problem: problem, bytes: bytes, isGradient: isGradient)
  }
}
