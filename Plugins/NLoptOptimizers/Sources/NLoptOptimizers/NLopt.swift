public import QHostInterfaces

/// The algorithms of NLopt that need losses only, in NLopt's own loop.
///
/// Sources: Johnson, *The NLopt nonlinear-optimization package*, 2007; of each algorithm: README.md.
///
/// *Deviations*: the first step is a multiple of the problem's scales, and NLopt's own limits on
/// evaluations and time are not used: the host's budget ends a search.
public final class NLopt: LoopOptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "nlopt",
    summary: "An algorithm of the NLopt library that needs losses only.",
    source: "Johnson, The NLopt nonlinear-optimization package, 2007",
    parameters: [
      .choice(
        "algorithm", default: "sbplx", of: NLoptAlgorithm.searches.map(\.choice), tunable: true,
        "Which one.")
    ] + NLoptSettings.parameters + [NLoptSettings.population])

  private let search: NLoptSearch

  /// Makes an instance.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    search = try NLoptSearch(
      Self.descriptor.name, .chosen(by: request.configuration, from: NLoptAlgorithm.searches),
      request: request, problem: problem)
  }

  /// Runs to its end.
  public func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    try search.run(objective)
  }
}
