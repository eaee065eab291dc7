internal import QHostInterfaces

/// The surrogate of a network's gradient.
struct SurrogateSettings: Sendable {
  var surrogate = Surrogate.fastSigmoid
  /// In units of the membrane.
  var steepness: Float = 5
  /// Whether slopes go through the reset.
  var followsReset = false

  init() {}

  init(_ configuration: Configuration, threshold: Double) {
    surrogate = Surrogate(rawValue: configuration.choice("surrogate")) ?? .fastSigmoid
    steepness = Float(configuration.real("steepness") / threshold)
    followsReset = configuration.boolean("reset_gradient")
  }
}

extension Surrogate {
  /// Its slope, for users.
  var documentation: String {
    switch self {
    case .fastSigmoid: "1 / (1 + k |x|)^2."
    case .arctan: "(k / 2) / (1 + (pi k x / 2)^2)."
    case .sigmoid: "k s (1 - s) with s = 1 / (1 + e^(-k x))."
    case .triangle: "k max(0, 1 - k |x|)."
    case .boxcar: "k where |x| < 1 / (2 k)."
    }
  }
}
