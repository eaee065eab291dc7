public import QHostInterfaces

/// Constrained optimisation by linear approximations, as NLopt has it: `nlopt` with that algorithm.
///
/// Source: Powell, *A direct search optimization method that models the objective and constraint
/// functions by linear interpolation*, 1994.
///
/// *Deviations*: those of NLopt, which keeps points within the bounds, scales parameters by their
/// first steps and makes the trust region larger again after good steps.
public final class COBYLA: LoopOptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "cobyla",
    summary: "Linear models of the loss in a trust region, from the NLopt library.",
    source: "Powell, Advances in Optimization and Numerical Analysis, 1994, p. 51",
    parameters: NLoptSettings.parameters)

  private let search: NLoptSearch

  /// Makes an instance.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    search = try NLoptSearch(
      Self.descriptor.name, .cobyla, request: request, problem: problem)
  }

  /// Runs to its end.
  public func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    try search.run(objective)
  }
}
