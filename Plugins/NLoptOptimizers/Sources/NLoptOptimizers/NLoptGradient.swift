public import QHostInterfaces

/// The algorithms of NLopt that need gradients, in NLopt's own loop.
///
/// They are a component of their own because what a component needs is known before its parameters.
///
/// Sources: Johnson, *The NLopt nonlinear-optimization package*, 2007; of each algorithm: README.md.
///
/// *Deviations*: NLopt's own limits on evaluations and time are not used: the host's budget ends a
/// search.
public final class NLoptGradient: LoopOptimizerComponent {
  /// Gradients.
  public static let requiredQueries = QueryKinds.gradient

  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "nlopt-gradient",
    summary: "An algorithm of the NLopt library that needs gradients.",
    source: "Johnson, The NLopt nonlinear-optimization package, 2007",
    parameters: [
      .choice(
        "algorithm", default: "lbfgs", of: NLoptAlgorithm.descents.map(\.choice), tunable: true,
        "Which one.")
    ] + NLoptSettings.parameters)

  private let search: NLoptSearch

  /// Makes an instance.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    search = try NLoptSearch(
      Self.descriptor.name, .chosen(by: request.configuration, from: NLoptAlgorithm.descents),
      request: request, problem: problem)
  }

  /// Runs to its end.
  public func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    try search.run(objective)
  }
}
