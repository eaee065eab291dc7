public import QHostInterfaces
import QHostNumerics

extension Adam {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "adam",
    summary: "Gradient descent with a step for each parameter from the moments of its gradients.",
    source: "Kingma, Ba, ICLR 2015; AdamW: Loshchilov, Hutter, ICLR 2019; "
      + "AMSGrad: Reddi, Kale, Kumar, ICLR 2018",
    parameters: LearningRateSchedule.parameters(defaultRate: 0.01, defaultForm: "cosine") + [
      decayRate("beta1", 0.9, "How much of the mean gradient is kept at each step."),
      decayRate("beta2", 0.999, "How much of the mean squared gradient is kept at each step."),
      .positive(
        "epsilon", default: 1e-8, "What is added to the root of the mean squared gradient."),
      .real(
        "weight_decay", default: 0, in: 0...Double.infinity, tunable: true,
        "Decoupled decay: each step shrinks parameters by this times the learning rate."),
      .boolean(
        "amsgrad", default: false, "Divides by the largest mean squared gradient so far."),
      GradientClipping.parameter,
      DescentIterate.averagingParameter,
    ])

  private static func decayRate(
    _ name: String, _ value: Double, _ documentation: String
  ) -> ParameterDescriptor {
    ParameterDescriptor(
      name: name, type: .real, documentation: documentation, defaultValue: "\(value)", minimum: 0,
      maximum: 1, isMaximumExclusive: true, isTunable: true)
  }
}
