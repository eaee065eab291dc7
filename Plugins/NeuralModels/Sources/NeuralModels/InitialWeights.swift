internal import QHostInterfaces
internal import QHostNetworks

/// How the initial weights of a layer are drawn: uniform, of a variance that its width gives.
///
/// Source: Glorot, Bengio, AISTATS 2010, equation 16; He et al., ICCV 2015, equation 10.
struct InitialWeights {
  private let rule: String
  private let scale: Double

  init(_ configuration: Configuration) {
    rule = configuration.choice("initialisation")
    scale = configuration.real("scale")
  }

  /// The deviation of the weights of a layer, `activation` being what follows it.
  func spread(inputs: Int, units: Int, activation: Activation) -> Double {
    let isHe = rule == "he" || (rule == "auto" && activation == .relu)
    return scale * (2 / Double(isHe ? inputs : inputs + units)).squareRoot()
  }

  /// How the parameters are declared.
  static let parameters: [ParameterDescriptor] = [
    .choice(
      "initialisation", default: "auto",
      of: [
        .init("auto", "he before relu, glorot elsewhere."),
        .init("glorot", "Uniform weights of variance 2 / (inputs + units)."),
        .init("he", "Uniform weights of variance 2 / inputs."),
      ], "How the initial weights of a layer are drawn; biases start at 0."),
    .positive(
      "scale", default: 1, tunable: true, "What the initial weights are multiplied by."),
  ]
}
