public import QHostInterfaces
import QHostNumerics

extension StochasticGradientDescent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "sgd",
    summary: "Stochastic gradient descent with heavy-ball or Nesterov momentum.",
    source: "Robbins, Monro, Ann. Math. Statist. 1951; Polyak 1964; "
      + "Sutskever, Martens, Dahl, Hinton, ICML 2013",
    parameters: LearningRateSchedule.parameters(defaultRate: 0.1, defaultForm: "cosine") + [
      ParameterDescriptor(
        name: "momentum", type: .real, documentation: "How much of the velocity each step keeps.",
        defaultValue: "0.9", minimum: 0, maximum: 1, isMaximumExclusive: true, isTunable: true),
      .boolean("nesterov", default: false, "Looks ahead along the velocity."),
      .real(
        "weight_decay", default: 0, in: 0...Double.infinity, tunable: true,
        "The weight of half the squared norm of the parameters in the loss."),
      GradientClipping.parameter,
      DescentIterate.averagingParameter,
    ])
}
