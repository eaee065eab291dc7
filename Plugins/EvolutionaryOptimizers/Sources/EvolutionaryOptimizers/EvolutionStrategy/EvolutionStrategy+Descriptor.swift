public import QHostInterfaces
import QHostNumerics

extension EvolutionStrategy {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "openai-es",
    summary: "An evolution strategy: gradients from the ranks of points on both sides of the mean.",
    source: "Salimans, Ho, Chen, Sidor, Sutskever, arXiv:1703.03864",
    parameters: [
      .integer(
        "pairs", default: 0, in: 0...65536, tunable: true,
        "Pairs of points of a generation; 0: 4 + 3 ln n, rounded down."),
      .positive(
        "sigma", default: 0.1, tunable: true,
        "The deviation of points at the start, in units of the problem's scales."),
      ParameterDescriptor(
        name: "sigma_final_ratio", type: .real,
        documentation:
          "The deviation at the end of the budget, as a fraction of that at the start (geometric).",
        defaultValue: "0.1", minimum: 0, maximum: 1, isMinimumExclusive: true, isTunable: true,
        isLogarithmic: true),
    ] + LearningRateSchedule.parameters(defaultRate: 0.2, defaultForm: "cosine") + [
      .choice(
        "update", default: "adam",
        of: [
          .init("adam", "By the moments of the gradients."),
          .init("momentum", "Along the running sum of the gradients."),
        ], tunable: true, "How the mean steps."),
      rate("beta1", 0.9, "How much of the mean gradient adam keeps at each step."),
      rate("beta2", 0.999, "How much of the mean squared gradient adam keeps at each step."),
      rate("momentum", 0.9, "How much of the velocity momentum keeps at each step."),
      .real(
        "weight_decay", default: 0, in: 0...Double.infinity, tunable: true,
        "Decoupled decay: each step shrinks the mean by this times the learning rate."),
    ])

  private static func rate(
    _ name: String, _ value: Double, _ documentation: String
  ) -> ParameterDescriptor {
    ParameterDescriptor(
      name: name, type: .real, documentation: documentation, defaultValue: "\(value)", minimum: 0,
      maximum: 1, isMaximumExclusive: true, isTunable: true)
  }
}
