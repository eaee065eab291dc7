import QHostInterfaces

/// Scales a gradient down to a largest Euclidean norm: g · min(1, c/‖g‖).
///
/// Source: Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks*,
/// ICML 2013, algorithm 1.
struct GradientClipping {
  private let largestNorm: Double

  init(_ configuration: Configuration) { largestNorm = configuration.real("clip_norm") }

  /// What the gradient must be multiplied by.
  func factor(for gradient: [Double]) -> Double {
    guard largestNorm > 0 else { return 1 }
    var squares = 0.0
    for component in gradient { squares += component * component }
    let norm = squares.squareRoot()
    // A norm that overflows still has a direction to follow, but no length to divide by.
    return norm > largestNorm && norm.isFinite ? largestNorm / norm : 1
  }

  static let parameter = ParameterDescriptor.real(
    "clip_norm", default: 0, in: 0...Double.infinity,
    "The largest Euclidean norm of a gradient, which longer ones are scaled to; 0: any.")
}
